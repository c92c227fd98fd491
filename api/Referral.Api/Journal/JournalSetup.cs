using NationalReferral.Platform;

namespace NationalReferral;

internal static class JournalSetup
{
    /// <summary>
    /// <c>Journal:MacKeyFile</c> or <c>Journal:MacKeyCommand</c>, <c>Journal:SigningKeyFile</c> or
    /// <c>Journal:SigningKeyCommand</c>, <c>Journal:WitnessFile</c> (required in Production: other storage than the database's).
    /// </summary>
    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration settings, IHostEnvironment environment) => services
        .AddSingleton(_ => new JournalKeys(
            SealingSetup.Ring(settings, environment, "Journal:MacKey", "journal-mac", KeySource.Symmetric),
            SealingSetup.Ring(settings, environment, "Journal:SigningKey", "journal-signing", KeySource.Signing)))
        .AddSingleton(_ => new Witness(WitnessFile(settings, environment)))
        .AddSingleton<Leases>()
        .AddSingleton<JournalVerifier>()
        .AddSingleton<JournalSealer>();

    /// <summary>The job itself, for instances that have the role <c>jobs</c>.</summary>
    public static IServiceCollection AddJournalSealing(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<JournalSealer>());

    /// <summary>Reads every secret now, so that a missing one stops the start and names its setting.</summary>
    public static void RequireSecrets(this IServiceProvider services)
    {
        services.GetRequiredService<Keys>();
        services.GetRequiredService<IndexKey>();
        services.GetRequiredService<JournalKeys>();
        services.GetRequiredService<Witness>();
    }

    private static string WitnessFile(IConfiguration settings, IHostEnvironment environment)
    {
        var file = settings["Journal:WitnessFile"];
        if (file is null && environment.IsProduction())
        {
            throw new KeyMissingException("Set Journal:WitnessFile: an append-only file on other storage than the database.");
        }
        return Path.Combine(environment.ContentRootPath, file ?? Path.Combine("data", "witness", "journal.witness"));
    }
}
