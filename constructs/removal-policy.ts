/** What Terraform may do with a resource whose loss cannot be undone. */
export enum RemovalPolicy {
  /** Terraform refuses every plan that would destroy or replace the resource (`prevent_destroy`). */
  PROTECT = 'protect',
  /** `terraform destroy`, a replacement and the removal of the construct all destroy the resource. */
  DESTROY = 'destroy',
}
