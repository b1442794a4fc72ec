/**
 * What can be created through the Resource Controller: services, their plans and where each is offered. Source:
 * ibm-control-plane.md 6.4.4; ids that no source shows are our own and never change (marked `invented`).
 */
import { regionNames } from '../../../domain/regions';

export interface CatalogPlan {
  readonly id: string;
  readonly name: string;
  /** Regions, or `global`. */
  readonly locations: readonly string[];
  /** How many instances an account may have at a time; absent means any number. */
  readonly perAccount?: number;
  readonly source: string;
  readonly invented?: true;
}

export interface CatalogService {
  readonly id: string;
  /** Catalog name, the service segment of the instances' CRNs. */
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'service' | 'iaas';
  readonly plans: readonly CatalogPlan[];
  readonly source: string;
  readonly invented?: true;
}

const everyRegion: readonly string[] = regionNames;
const global: readonly string[] = ['global'];

export const catalogServices: readonly CatalogService[] = [
  {
    id: 'ee41347f-b18e-4ca6-bf80-b5467c63f9a6',
    name: 'kms',
    displayName: 'Key Protect',
    kind: 'service',
    source: "the vendor's published catalog id",
    plans: [
      {
        id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
        name: 'tiered-pricing',
        locations: everyRegion,
        source: 'ibm-control-plane.md 6.4.4; Key Protect regions.md',
      },
      {
        id: '5f0d3c1e-6a7b-4f52-9d0e-2b8c64d1a903',
        name: 'cross-region-resiliency',
        locations: ['us-south', 'jp-tok', 'eu-de'],
        source: 'ibm-control-plane.md 6.4.4; Key Protect ha-dr.md',
        invented: true,
      },
    ],
  },
  {
    id: '2f3c5a10-8d4e-4b6f-a1c2-7e9d0b5f6c31',
    name: 'hs-crypto',
    displayName: 'Hyper Protect Crypto Services',
    kind: 'service',
    source: 'ibm-control-plane.md 2.5',
    invented: true,
    plans: [
      {
        id: '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173',
        name: 'standard',
        locations: everyRegion,
        source: 'ibm-control-plane.md 2.5',
        invented: true,
      },
    ],
  },
  {
    id: 'c1e4a9d7-52b8-4f36-8e0a-6d7b3f9c2150',
    name: 'secrets-manager',
    displayName: 'Secrets Manager',
    kind: 'service',
    source: 'ibm-control-plane.md 6.4.4',
    invented: true,
    plans: [
      {
        id: '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
        name: 'standard',
        locations: everyRegion,
        source: 'ibm-control-plane.md 6.4.4; Secrets Manager endpoints.md',
      },
      {
        id: '869c191a-3c2a-4faf-98be-18d48f95ba1f',
        name: 'trial',
        locations: everyRegion,
        perAccount: 1,
        source: 'ibm-control-plane.md 6.4.4; Secrets Manager provision.md',
      },
    ],
  },
  {
    id: 'dff97f5c-bc5e-4455-b470-411c3edbe49c',
    name: 'cloud-object-storage',
    displayName: 'Cloud Object Storage',
    kind: 'iaas',
    source: "the vendor's published catalog id",
    plans: [
      {
        id: '744bfc56-d12c-4866-88d5-dac9139e0e5d',
        name: 'standard',
        locations: global,
        source: "the vendor's published catalog id",
      },
      {
        id: '1e4e33e4-cfa6-4f12-9016-be594a6d5f87',
        name: 'cos-one-rate-plan',
        locations: global,
        source: "the vendor's published catalog id",
      },
      {
        id: '2fdf0c08-2d32-4f46-84b5-32e0c92fffd8',
        name: 'lite',
        locations: global,
        perAccount: 1,
        source: "the vendor's published catalog id",
      },
    ],
  },
];
