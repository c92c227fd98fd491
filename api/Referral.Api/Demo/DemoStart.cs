using Microsoft.Data.Sqlite;
using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The demo at the start of the host (setting <c>Demo:Enabled</c>, which Production refuses): fresh files when asked for,
/// the invented country once, and where to go.
/// </summary>
internal static class DemoStart
{
    public const string ResetFlag = "--reset-demo";

    public static bool IsDemo(this WebApplication app) => app.Configuration.GetValue("Demo:Enabled", false);

    /// <summary>Removes the two SQLite databases, before anything has opened them. The witness of the old one is set aside, not lost.</summary>
    /// <exception cref="InvalidOperationException">This is no demo, or the data is not in SQLite files.</exception>
    public static void Reset(WebApplication app)
    {
        var options = app.Services.GetRequiredService<DatabaseOptions>();
        var identity = app.Services.GetRequiredService<IdentitySettings>();
        if (!app.IsDemo() || options.Provider != DatabaseProvider.Sqlite)
        {
            throw new InvalidOperationException($"{ResetFlag} works on the demo's own SQLite files only (Demo:Enabled).");
        }
        foreach (var connection in new[] { options.ConnectionString, identity.ConnectionString })
        {
            var file = new SqliteConnectionStringBuilder(connection).DataSource;
            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                if (File.Exists(file + suffix))
                {
                    File.Delete(file + suffix);
                }
            }
        }
        app.Services.GetRequiredService<Witness>().SetAside(app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    public static async Task LoadAsync(WebApplication app)
    {
        await DemoCountry.LoadAsync(app.Services, app.Configuration.GetValue("Demo:Victims", DemoCountry.Victims), CancellationToken.None);
        var hints = app.Services.GetRequiredService<DemoHints>();
        hints.Password = DemoCountry.Password;
        hints.Accounts = [.. DemoCountry.Accounts.Select(account => (account.Email, account.LabelEn, account.LabelUr))];
        app.Lifetime.ApplicationStarted.Register(() => Print(app));
    }

    private static void Print(WebApplication app)
    {
        var address = app.Urls.FirstOrDefault() ?? "http://localhost:5080";
        Console.WriteLine();
        Console.WriteLine($"  National Referral System, demo data     {address}");
        Console.WriteLine($"  The contract, to try out                {address}/swagger");
        Console.WriteLine($"  Everybody's password                    {DemoCountry.Password}");
        foreach (var account in DemoCountry.Accounts)
        {
            Console.WriteLine($"    {account.Email,-38}{account.LabelEn}");
        }
        Console.WriteLine($"  Stop with Ctrl+C; begin afresh with: dotnet run --project api/Referral.Api -- {ResetFlag}");
        Console.WriteLine();
    }
}
