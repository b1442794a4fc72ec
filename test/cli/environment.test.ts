/** The vendor's variables (ibm-control-plane.md 1.4, 2.1; ibm-vpc.md 1.1) and their three written forms. */
import { spawnSync } from 'node:child_process';
import { formatEnvironment, mergedEnvironment, platformEnvironment } from '../../cli/environment';

const url = 'http://127.0.0.1:4510';
const access = { url, apiKey: 'the-key' };

/** Typed from the references: variable → value for a platform at `url`. */
const expected: Record<string, string> = {
  CHECKPOINT_DISABLE: '1',
  IBMCLOUD_API_KEY: 'the-key',
  IC_API_KEY: 'the-key',
  KEYQUAKE_API_KEY: 'the-key',
  IBMCLOUD_ACCOUNT_MANAGEMENT_API_ENDPOINT: url,
  IBMCLOUD_GS_API_ENDPOINT: url,
  IBMCLOUD_GT_API_ENDPOINT: url,
  IBMCLOUD_HPCS_API_ENDPOINT: `${url}/crypto_v2`,
  IBMCLOUD_HPCS_TKE_ENDPOINT: url,
  IBMCLOUD_IAMPAP_API_ENDPOINT: url,
  IBMCLOUD_IAM_API_ENDPOINT: url,
  IBMCLOUD_IS_NG_API_ENDPOINT: `${url}/v1`,
  IBMCLOUD_KP_API_ENDPOINT: url,
  IBMCLOUD_KP_CRYPTOUNIT_ENDPOINT: url,
  IBMCLOUD_MCCP_API_ENDPOINT: url,
  IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT: url,
  IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT: url,
  IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT: url,
  // Ours reads it and adds the instance's GUID (design.md 3.2); the vendor documents it and ignores it (2.3).
  IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: `${url}/secrets-manager`,
  IBMCLOUD_UAA_ENDPOINT: url,
  IBMCLOUD_USER_MANAGEMENT_ENDPOINT: url,
  IC_REGION: 'us-south',
  KEYQUAKE_URL: url,
};

test('every endpoint variable leads to the platform, with the API key of who acts', () => {
  expect(platformEnvironment(access, {}).set).toEqual(expected);
});

test.each([
  [{}, 'us-south'],
  [{ IC_REGION: 'eu-de' }, 'eu-de'],
  [{ IBMCLOUD_REGION: 'jp-tok' }, 'jp-tok'],
  [{ IC_REGION: '', IBMCLOUD_REGION: 'jp-tok' }, 'jp-tok'],
  [{ IC_REGION: 'eu-de', IBMCLOUD_REGION: 'jp-tok' }, 'eu-de'],
])('the region of %j is %s', (env, region) => {
  expect(platformEnvironment(access, env).set['IC_REGION']).toBe(region);
});

test('credentials and detours of the real cloud do not reach the command, everything else does', () => {
  const env = {
    PATH: '/bin',
    TF_VAR_name: 'orders',
    IC_API_KEY: 'real',
    IC_IAM_TOKEN: 'real',
    IBMCLOUD_IAM_TOKEN: 'real',
    BM_API_KEY: 'real',
    BLUEMIX_API_KEY: 'real',
    IC_IAM_PROFILE_ID: 'real',
    IC_ENDPOINTS_FILE_PATH: 'real',
    IBMCLOUD_VISIBILITY: 'private',
  };
  const merged = mergedEnvironment(env, platformEnvironment(access, env));
  expect([merged['PATH'], merged['TF_VAR_name']]).toEqual(['/bin', 'orders']);
  expect(Object.values(merged)).not.toContain('real');
  expect(merged).not.toHaveProperty('IBMCLOUD_VISIBILITY');
});

const sample = { set: { A: "it's $HOME", B: 'b' }, unset: ['C', 'D'] };

test('shell: what eval sets and unsets', () => {
  expect(formatEnvironment(sample, 'shell')).toBe("export A='it'\\''s $HOME'\nexport B='b'\nunset C D\n");
  const script = `C=1; eval "$TEXT"; printf '%s|%s|%s' "$A" "$B" "\${C-absent}"`;
  const env = { TEXT: formatEnvironment(sample, 'shell'), PATH: process.env['PATH'] };
  expect(spawnSync('sh', ['-c', script], { env, encoding: 'utf8' }).stdout).toBe("it's $HOME|b|absent");
});

test('json: null for what must not be set', () => {
  expect(JSON.parse(formatEnvironment(sample, 'json'))).toEqual({
    A: "it's $HOME",
    B: 'b',
    C: null,
    D: null,
  });
});

test('github: one NAME=value line each, empty for what must not be set', () => {
  expect(formatEnvironment(sample, 'github')).toBe("A=it's $HOME\nB=b\nC=\nD=\n");
});
