using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A demo account, for the start message and the sign-in page.</summary>
internal sealed record DemoAccount(string Email, string LabelEn, string LabelUr, string Password);

/// <summary>
/// An invented country to try the product on, and to measure it on: agencies, workers, partner systems, victims and
/// referrals of the last 60 days. Never in Production: whoever starts the host sees to that.
/// </summary>
internal static class DemoCountry
{
    public const int Victims = 300;

    /// <summary>Of every demo account.</summary>
    public const string Password = "kites over kasur";

    // SQL Server takes a lock for each row of a transaction and gives up counting at some thousands: batches stay small enough.
    private const int Batch = 400;

    /// <summary>Places of a service that counts them; a country for measuring has as many as it needs.</summary>
    private const int FewestPlaces = 40;

    public static IReadOnlyList<DemoAccount> Accounts { get; } =
        [.. DemoWorld.Workers.Select(worker => new DemoAccount(worker.Email, worker.LabelEn, worker.LabelUr, Password))];

    /// <summary>Fills an empty installation, and goes on where a start was interrupted; a country that is whole stays as it is.</summary>
    /// <returns>False when nothing was written.</returns>
    public static async Task<bool> LoadAsync(IServiceProvider services, int victims, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Database>();
        var (hasAgencies, written) = await database.ReadAsync(Caller.System, work => DemoRows.WrittenAsync(work, cancellation), cancellation);
        if (hasAgencies && written >= victims)
        {
            return false;
        }
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var stories = new DemoStories(now);
        var writer = new DemoWriter(services.GetRequiredService<Keys>(), services.GetRequiredService<SearchTokens>(), cancellation);
        var places = Math.Max(FewestPlaces, victims / 5);
        if (!hasAgencies)
        {
            var subjects = await SubjectsAsync(services, cancellation);
            var issuer = services.GetRequiredService<IdentityAccounts>().Issuer;
            var districts = services.GetRequiredService<Districts>();
            await database.ChangeAsync(Caller.System, async work =>
            {
                var past = work.As(Caller.System, now.AddDays(-90));
                await DemoRows.WriteAsync(past, districts, issuer, subjects, places, cancellation);
                return true;
            }, static _ => true, cancellation);
        }
        else
        {
            await database.ChangeAsync(Caller.System, work => DemoRows.EnlargeAsync(work, places, cancellation), static _ => true, cancellation);
        }
        for (var from = written; from < victims; from += Batch)
        {
            DemoStory[] batch = [.. Enumerable.Range(from, Math.Min(Batch, victims - from)).Select(stories.Of)];
            await database.ChangeAsync(Caller.System, async work =>
            {
                foreach (var story in batch)
                {
                    await writer.WriteAsync(work, story);
                }
                return true;
            }, static _ => true, cancellation);
        }
        return true;
    }

    /// <summary>Accounts and clients at the identity server; those that an interrupted start has made are taken as they are.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> SubjectsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var accounts = services.GetRequiredService<IdentityAccounts>();
        var clients = services.GetRequiredService<IdentityClients>();
        var subjects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var client in DemoWorld.Clients)
        {
            await clients.DeleteAsync(client.ClientId, cancellation);
            var (clientId, _) = await clients.CreateAsync(
                client.Name, client.Scopes, DemoWorld.IdOf(client.Agency), cancellation, (client.ClientId, client.Secret));
            subjects[client.ClientId] = clientId;
        }
        foreach (var worker in DemoWorld.Workers)
        {
            if (await accounts.FindAsync(worker.Email, cancellation) is { } subject)
            {
                subjects[worker.Email] = subject;
            }
        }
        string[] missing = [.. DemoWorld.Workers.Select(worker => worker.Email).Where(email => !subjects.ContainsKey(email))];
        var hash = accounts.Hash(Password);
        var made = await accounts.CreateManyAsync([.. missing.Select(email => (email, hash))], cancellation);
        foreach (var (email, subject) in missing.Zip(made))
        {
            subjects[email] = subject;
        }
        return subjects;
    }
}
