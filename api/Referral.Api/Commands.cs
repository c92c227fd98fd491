using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// What is done from a shell instead of a request:
/// <c>migrate</c>, <c>verify</c>, <c>reindex</c>, <c>create-admin &lt;e-mail&gt;</c>, <c>create-worker &lt;e-mail&gt; &lt;agency id&gt; &lt;roles&gt;</c>.
/// </summary>
internal static class Commands
{
    private static readonly string[] Names = ["migrate", "verify", "reindex", "create-admin", "create-worker"];

    /// <returns>Null when no command was named: the host serves.</returns>
    public static async Task<int?> RunCommandAsync(this WebApplication app, string[] args)
    {
        if (args is not [var command, ..] || command.StartsWith('-'))
        {
            return null;
        }
        var output = Console.Out;
        if (!Names.Contains(command))
        {
            await output.WriteLineAsync($"'{command}' is not a command. Known: {string.Join(", ", Names)}.");
            return 2;
        }
        if (command == "migrate")
        {
            await app.MigrateAsync();
            await output.WriteLineAsync("Both databases are up to date.");
            return 0;
        }
        await app.ReadyAsync();
        return command switch
        {
            "verify" => await VerifyCommand.RunAsync(app.Services, output, CancellationToken.None),
            "reindex" => await ReindexAsync(app.Services, output),
            "create-admin" when args is [_, var email] => await CreateAdminAsync(app.Services, email, output),
            "create-worker" when args is [_, var email, var agency, var roles] => await CreateWorkerAsync(app.Services, email, agency, roles, output),
            _ => await UsageAsync(output),
        };
    }

    private static async Task<int> UsageAsync(TextWriter output)
    {
        await output.WriteLineAsync("create-admin <e-mail>; create-worker <e-mail> <agency id> <roles, separated by commas>");
        return 2;
    }

    private static async Task<int> ReindexAsync(IServiceProvider services, TextWriter output)
    {
        var victims = await services.GetRequiredService<Reindexing>().RunAsync(CancellationToken.None);
        await output.WriteLineAsync($"{victims} victims are found by {services.GetRequiredService<IndexKey>().Version}.");
        return 0;
    }

    /// <summary>The first system_admin; afterwards agencies and their administrators are made over the API.</summary>
    private static async Task<int> CreateAdminAsync(IServiceProvider services, string email, TextWriter output)
    {
        var database = services.GetRequiredService<Database>();
        var home = await database.ChangeAsync(
            Caller.System, work => Agencies.AdministrationAsync(work, CancellationToken.None), static _ => true, CancellationToken.None);
        return await WelcomeAsync(services, email, home, Role.SystemAdmin.Code(), output);
    }

    private static async Task<int> CreateWorkerAsync(IServiceProvider services, string email, string agency, string roles, TextWriter output)
    {
        var codes = roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!Guid.TryParse(agency, out var agencyId) || codes.Length == 0 || codes.FirstOrDefault(code => !Codes.TryParse<Role>(code, out _)) is not null)
        {
            await output.WriteLineAsync($"The agency must be its id, and roles some of: {string.Join(", ", Codes.All<Role>())}.");
            return 2;
        }
        return await WelcomeAsync(services, email, agencyId, string.Join(' ', codes), output);
    }

    private static async Task<int> WelcomeAsync(IServiceProvider services, string email, Guid agencyId, string roles, TextWriter output)
    {
        var accounts = services.GetRequiredService<IdentityAccounts>();
        var clock = services.GetRequiredService<TimeProvider>();
        try
        {
            var (subject, link) = await accounts.InviteAsync(email, CancellationToken.None);
            var newcomer = new Newcomer(Ids.New(clock.GetUtcNow()), email.Split('@')[0], agencyId, roles, accounts.Issuer, subject);
            await services.GetRequiredService<Database>().ChangeAsync(
                Caller.System,
                async work =>
                {
                    await Newcomers.WelcomeAsync(work, newcomer, CancellationToken.None);
                    return true;
                },
                static _ => true, CancellationToken.None);
            await output.WriteLineAsync($"Open this link once within a day to set the password: {link}");
            return 0;
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_logins_subject"))
        {
            await output.WriteLineAsync("This account works here already.");
            return 1;
        }
        catch (ConstraintViolation)
        {
            await output.WriteLineAsync("There is no such agency.");
            return 1;
        }
    }
}
