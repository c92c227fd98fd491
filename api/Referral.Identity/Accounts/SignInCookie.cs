using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace NationalReferral.Identity;

/// <summary>This server's own, short memory of who signed in: a cookie for the authorization endpoint and nothing else.</summary>
public static class SignInCookie
{
    internal const string Scheme = "identity";
    internal const string Subject = "sub";
    internal const string Stamp = "stamp";

    /// <summary>For a host that ends its own session in the same browser.</summary>
    public static Task ForgetAsync(HttpContext http) => http.SignOutAsync(Scheme);

    internal static string Name(IdentitySettings settings, string name) => settings.IsPlainHttp ? name : "__Host-" + name;
}

/// <summary>
/// Remembers, sealed in a cookie, which accounts have signed in on this device. Attempts from it are counted apart, so
/// that nobody elsewhere can slow its owner down. It opens nothing.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection, IdentitySettings settings)
{
    /// <summary>A shared desk has some; the one longest unused goes.</summary>
    private const int MostAccounts = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("identity.device");

    private string Cookie => SignInCookie.Name(settings, "nrs-device");

    /// <returns>The device's id when this account has signed in on it, else null.</returns>
    public string? IdFor(HttpContext http, Guid account)
    {
        var parts = Read(http);
        return parts.Length > 1 && parts.Skip(1).Contains(account.ToString("N")) ? parts[0] : null;
    }

    public void Remember(HttpContext http, Guid account)
    {
        var parts = Read(http);
        var id = parts.Length > 0 ? parts[0] : Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var name = account.ToString("N");
        var known = parts.Skip(1).Where(other => other != name).Prepend(name).Take(MostAccounts);
        http.Response.Cookies.Append(Cookie, _protector.Protect(string.Join(' ', known.Prepend(id))), new CookieOptions
        {
            HttpOnly = true,
            Secure = !settings.IsPlainHttp,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            IsEssential = true,
        });
    }

    private string[] Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Cookie] is { Length: > 0 and < 2000 } sealedText ? _protector.Unprotect(sealedText).Split(' ') : [];
        }
        catch (CryptographicException)
        {
            // Of another installation, or tampered with: as good as none.
            return [];
        }
    }
}
