namespace NationalReferral;

internal static class BasisSetup
{
    public static IServiceCollection AddBases(this IServiceCollection services) => services.AddSingleton<BasisExpiry>();

    /// <summary>The job itself, for instances that have the role <c>jobs</c>.</summary>
    public static IServiceCollection AddBasisExpiry(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<BasisExpiry>());
}
