using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace NationalReferral.Identity;

/// <summary>The account is there already, or its password breaks a rule. <see cref="Code"/> is one of <see cref="PasswordRules"/>, or <c>account_taken</c>.</summary>
public sealed class AccountRefusedException(string code) : Exception($"The account was not made: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>
/// Makes and ends accounts, for seeding, commands and the API. An account proves who somebody is and opens nothing by
/// itself: that takes a row in the application's <c>logins</c>, named by issuer and subject.
/// </summary>
public sealed class IdentityAccounts
{
    public const string Taken = "account_taken";

    private readonly IServiceScopeFactory _scopes;
    private readonly IdentitySettings _settings;
    private readonly Passwords _passwords;

    internal IdentityAccounts(IServiceScopeFactory scopes, IdentitySettings settings, Passwords passwords)
    {
        _scopes = scopes;
        _settings = settings;
        _passwords = passwords;
    }

    /// <summary>What <c>logins.issuer</c> holds for accounts and clients of this server.</summary>
    public string Issuer => _settings.Issuer.AbsoluteUri;

    /// <summary>About 100 ms of work: make it once when many accounts share a demo password.</summary>
    public string Hash(string password) => _passwords.HashPassword(new Account(), password);

    /// <returns>The subject, or null when there is no such account.</returns>
    public async Task<string?> FindAsync(string email, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var scope = _scopes.CreateAsyncScope();
        return (await Users(scope).FindByEmailAsync(email))?.Id.ToString();
    }

    /// <returns>The subject.</returns>
    /// <exception cref="AccountRefusedException">The e-mail is taken, or the password breaks a rule.</exception>
    public async Task<string> CreateAsync(string email, string password, CancellationToken cancellation)
    {
        if (PasswordRules.Broken(password, email) is { } code)
        {
            throw new AccountRefusedException(code);
        }
        return (await CreateManyAsync([(email, Hash(password))], cancellation))[0];
    }

    /// <summary>The fast way for demo data: hashes as <see cref="Hash"/> gives them, one save, no password rules.</summary>
    /// <returns>The subjects, in order.</returns>
    /// <exception cref="AccountRefusedException">One of the e-mails is taken; nothing was made.</exception>
    public async Task<IReadOnlyList<string>> CreateManyAsync(IReadOnlyList<(string Email, string PasswordHash)> accounts, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var users = Users(scope);
        var made = new List<Account>();
        foreach (var (email, hash) in accounts)
        {
            if (await users.FindByEmailAsync(email) is not null)
            {
                throw new AccountRefusedException(Taken);
            }
            made.Add(New(users, email, hash));
        }
        var context = scope.ServiceProvider.GetRequiredService<IdentityContext>();
        context.AddRange(made);
        await context.SaveChangesAsync(cancellation);
        return [.. made.Select(account => account.Id.ToString())];
    }

    /// <summary>An account without a password, and the link on which its owner chooses one. Also a new link for an account that exists.</summary>
    /// <returns>The subject, and an address that works once, for a day. Show it to its owner only; it is kept nowhere.</returns>
    public async Task<(string Subject, Uri Link)> InviteAsync(string email, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var users = Users(scope);
        var account = await users.FindByEmailAsync(email);
        if (account is null)
        {
            account = New(users, email, null);
            var context = scope.ServiceProvider.GetRequiredService<IdentityContext>();
            context.Add(account);
            await context.SaveChangesAsync(cancellation);
        }
        var query = new QueryBuilder { { "account", account.Id.ToString() }, { "token", await users.GeneratePasswordResetTokenAsync(account) } };
        return (account.Id.ToString(), new Uri(_settings.Issuer, PasswordPage.Path.TrimStart('/') + query.ToQueryString()));
    }

    /// <summary>Closed: no sign-in, no code, no refresh, from the next request on; its tokens and consents end. False when there is no such account.</summary>
    public Task<bool> DeactivateAsync(string subject, CancellationToken cancellation) => SetActiveAsync(subject, false, cancellation);

    /// <summary>Open again, with the password it had.</summary>
    public Task<bool> ActivateAsync(string subject, CancellationToken cancellation) => SetActiveAsync(subject, true, cancellation);

    /// <summary>Ends every refresh token and code of the subject. Access tokens already given live on for minutes; the API asks its own rows anyway.</summary>
    public async Task EndTokensAsync(string subject, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().RevokeBySubjectAsync(subject, cancellation);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().RevokeBySubjectAsync(subject, cancellation);
    }

    private async Task<bool> SetActiveAsync(string subject, bool isActive, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var users = Users(scope);
        if (!Guid.TryParse(subject, out _) || await users.FindByIdAsync(subject) is not { } account)
        {
            return false;
        }
        account.IsActive = isActive;
        // A new stamp ends the sign-in cookie and every one-time link.
        if (!(await users.UpdateSecurityStampAsync(account)).Succeeded)
        {
            throw new InvalidOperationException($"Account {subject} was changed by somebody else at the same moment.");
        }
        if (!isActive)
        {
            await EndTokensAsync(subject, cancellation);
        }
        return true;
    }

    private static Account New(UserManager<Account> users, string email, string? hash) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = email,
        NormalizedUserName = users.NormalizeName(email),
        Email = email,
        NormalizedEmail = users.NormalizeEmail(email),
        PasswordHash = hash,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    private static UserManager<Account> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
}
