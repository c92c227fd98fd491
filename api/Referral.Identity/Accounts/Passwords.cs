using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NationalReferral.Identity;

/// <summary>
/// PBKDF2 with SHA-512 and 210,000 rounds (OWASP Password Storage Cheat Sheet), over the text in one Unicode form: the
/// same Urdu word typed on two keyboards is one password. No more hashes run at once than there are processors.
/// </summary>
internal sealed class Passwords : IPasswordHasher<Account>, IDisposable
{
    public const int MaxLength = 256;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
    private readonly Account _nobody = new();
    private readonly Lazy<string> _dummy;

    public Passwords() => _dummy = new(() => HashPassword(_nobody, Guid.NewGuid().ToString()));

    public string HashPassword(Account user, string password) => _hasher.HashPassword(user, OneForm(password));

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        _hasher.VerifyHashedPassword(user, hashedPassword, OneForm(providedPassword));

    /// <summary>Takes the same time for an account that does not exist, is closed, or has no password yet.</summary>
    public async Task<PasswordVerificationResult> CheckAsync(Account? account, string password, CancellationToken cancellation)
    {
        await _processors.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() =>
            {
                var result = VerifyHashedPassword(account ?? _nobody, account?.PasswordHash ?? _dummy.Value, password);
                return account is { IsActive: true, PasswordHash: not null } ? result : PasswordVerificationResult.Failed;
            }, CancellationToken.None);
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose() => _processors.Dispose();

    private static string OneForm(string password) => password.Normalize(NormalizationForm.FormKC);
}
