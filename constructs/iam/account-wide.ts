/** Every instance of a service in the account, as the target of a {@link ServiceAuthorization}. */
export class AccountWide {
  static of(serviceName: string): AccountWide {
    return new AccountWide(serviceName);
  }

  private constructor(
    /** Name of the service in IAM, such as `kms`. */
    readonly serviceName: string,
  ) {}
}
