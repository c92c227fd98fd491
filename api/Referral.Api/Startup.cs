using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What has to be true before the first request is answered.</summary>
internal static class Startup
{
    /// <summary>Outside Production the schema is brought up to date here; in Production the command <c>migrate</c> does it, and a wrong schema is refused.</summary>
    public static async Task ReadyAsync(this WebApplication app)
    {
        app.Services.RequireSecrets();
        var options = app.Services.GetRequiredService<DatabaseOptions>();
        var identity = app.Services.GetRequiredService<IdentitySettings>();
        if (app.Environment.IsProduction())
        {
            await Migrations.CheckAsync(options, CancellationToken.None);
            IdentitySchema.Check(identity);
        }
        else
        {
            await app.MigrateAsync();
        }
        await ReferenceData.LoadAsync(app.Services.GetRequiredService<Database>(), CancellationToken.None);
        if (app.IsDemo())
        {
            await DemoStart.LoadAsync(app);
        }
    }

    /// <summary>Brings both schemas up to date; one process at a time does it, others wait.</summary>
    public static Task MigrateAsync(this WebApplication app) => Task.WhenAll(
        Migrations.RunAsync(app.Services.GetRequiredService<DatabaseOptions>(), CancellationToken.None),
        Task.Run(() => IdentitySchema.MigrateAsync(app.Services.GetRequiredService<IdentitySettings>(), CancellationToken.None)));
}
