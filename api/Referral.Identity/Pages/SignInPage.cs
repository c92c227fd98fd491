using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace NationalReferral.Identity;

/// <summary>E-mail and password; works without script. One answer for a wrong password, a closed account and none at all.</summary>
internal sealed partial class SignInPage(
    UserManager<Account> accounts,
    IOpenIddictApplicationManager applications,
    Passwords passwords,
    Attempts attempts,
    KnownDevice device,
    IdentitySettings settings,
    DemoHints demo,
    TimeProvider clock,
    ILogger<SignInPage> log)
{
    public const string Path = "/identity/signin";

    public static Task<IResult> GetAsync(HttpContext http, SignInPage page) => page.ShowAsync(http, string.Empty, [], StatusCodes.Status200OK);

    public static Task<IResult> PostAsync(HttpContext http, SignInPage page, CancellationToken cancellation) => page.TakeAsync(http, cancellation);

    private async Task<IResult> TakeAsync(HttpContext http, CancellationToken cancellation)
    {
        var texts = TextsOf(http);
        if (!await Page.IsOwnFormAsync(http))
        {
            return await ShowAsync(http, string.Empty, [new(null, texts.Expired)], StatusCodes.Status400BadRequest);
        }
        var email = http.Request.Form["email"].ToString().Trim();
        var password = http.Request.Form["password"].ToString();
        List<FormFault> faults = [];
        if (email.Length is 0 or > 256)
        {
            faults.Add(new("email", texts.EnterEmail));
        }
        if (password.Length is 0 or > Passwords.MaxLength)
        {
            faults.Add(new("password", texts.EnterPassword));
        }
        if (faults.Count > 0)
        {
            return await ShowAsync(http, email, faults, StatusCodes.Status400BadRequest);
        }
        var account = await accounts.FindByEmailAsync(email);
        var known = account is null ? null : device.IdFor(http, account.Id);
        if (await attempts.BeginAsync(email, http.Connection.RemoteIpAddress, known, cancellation) is { } wait)
        {
            Log.Slowed(log, (int)wait.TotalSeconds);
            http.Response.Headers.RetryAfter = Page.Seconds("{0}", wait);
            return await ShowAsync(http, email, [new(null, Page.Seconds(texts.Wait, wait))], StatusCodes.Status429TooManyRequests);
        }
        var result = await passwords.CheckAsync(account, password, cancellation);
        if (account is null || result == PasswordVerificationResult.Failed)
        {
            return await ShowAsync(http, email, [new("password", texts.Wrong)], StatusCodes.Status400BadRequest);
        }
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            account.PasswordHash = passwords.HashPassword(account, password);
            await accounts.UpdateAsync(account);
        }
        await attempts.SucceedAsync(email, http.Connection.RemoteIpAddress, known, CancellationToken.None);
        device.Remember(http, account.Id);
        await SignInAsync(http, account);
        Log.SignedIn(log, account.Id);
        return TypedResults.LocalRedirect(ReturnUrl(http));
    }

    private Task SignInAsync(HttpContext http, Account account)
    {
        var identity = new ClaimsIdentity(SignInCookie.Scheme);
        identity.AddClaim(new Claim(SignInCookie.Subject, account.Id.ToString()));
        identity.AddClaim(new Claim(SignInCookie.Stamp, account.SecurityStamp ?? string.Empty));
        return http.SignInAsync(SignInCookie.Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IssuedUtc = clock.GetUtcNow() });
    }

    private async Task<IResult> ShowAsync(HttpContext http, string email, List<FormFault> faults, int status)
    {
        var texts = TextsOf(http);
        var action = Path + http.Request.QueryString;
        var token = Page.Token(http);
        // A wrong password is said of both fields together, so that it does not tell which one it was.
        var emailFocus = faults.Count == 0 ? " autofocus" : string.Empty;
        var body = Html.Of($"""
            {Page.Summary(texts, faults)}
            <form method="post" action="{action}" novalidate>
            {token}
            {Page.Field("email", texts.Email, Html.Of($"type=\"email\" autocomplete=\"username\" inputmode=\"email\" autocapitalize=\"none\" spellcheck=\"false\" required maxlength=\"256\" value=\"{email}\"{new Html(emailFocus)}"), faults)}
            {Page.Field("password", texts.Password, new Html("type=\"password\" autocomplete=\"current-password\" required maxlength=\"256\""), faults)}
            <button>{texts.Continue}</button>
            </form>
            <p class="note">{texts.Forgotten}</p>
            {Demo(texts, action, token)}
            """);
        return Page.Show(http, texts, texts.SignIn, body, status, await FormTargetAsync(http));
    }

    private Html Demo(Texts texts, string action, Html token) => !settings.ShowsDemoAccounts || demo.Accounts.Count == 0 ? Html.Nothing : Html.Of($"""
        <section class="demo" aria-labelledby="demo">
        <h2 id="demo">{texts.DemoAccounts}</h2>
        <p class="note">{texts.DemoNote}</p>
        <ul>{Html.Join(demo.Accounts.Select(account => Html.Of($"""
            <li><form method="post" action="{action}">{token}<input type="hidden" name="email" value="{account.Email}"><input type="hidden" name="password" value="{demo.Password}"><button>{(texts == Texts.Urdu ? account.LabelUr : account.LabelEn)}</button></form></li>
            """)))}</ul>
        </section>
        """);

    private static Texts TextsOf(HttpContext http) => Texts.For(http.Request, Asked(http, "ui_locales")?.Split(' ')[0]);

    /// <summary>A parameter of the authorization request that led here.</summary>
    private static string? Asked(HttpContext http, string name)
    {
        var url = ReturnUrl(http);
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : QueryHelpers.ParseQuery(url[query..]).TryGetValue(name, out var value) ? value.ToString() : null;
    }

    /// <summary>Only ever back to the authorization endpoint, or to the start page.</summary>
    private static string ReturnUrl(HttpContext http) =>
        http.Request.Query["returnUrl"].FirstOrDefault() is { } url && url.StartsWith(OidcEndpoints.AuthorizePath + "?", StringComparison.Ordinal) ? url : "/";

    /// <summary>Browsers hold form-action against the whole chain of redirects, so the application's own origin must be named.</summary>
    private async Task<string?> FormTargetAsync(HttpContext http)
    {
        if (Asked(http, "client_id") is not { Length: > 0 and <= 100 } client || Asked(http, "redirect_uri") is not { } text
            || !Uri.TryCreate(text, UriKind.Absolute, out var target) || target.Scheme is not ("https" or "http"))
        {
            return null;
        }
        return await applications.FindByClientIdAsync(client) is { } application && await applications.ValidateRedirectUriAsync(application, text)
            ? target.GetLeftPart(UriPartial.Authority)
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Account {Account} signed in.")]
        public static partial void SignedIn(ILogger log, Guid account);

        [LoggerMessage(6002, LogLevel.Information, "A sign-in was slowed down; the next attempt counts in {Seconds} s.")]
        public static partial void Slowed(ILogger log, int seconds);
    }
}

/// <summary>Demo accounts offered on the sign-in page; filled by who makes the demo data, shown only with <see cref="IdentitySettings.ShowsDemoAccounts"/>.</summary>
public sealed class DemoHints
{
    public string Password { get; set; } = string.Empty;

    public IReadOnlyList<(string Email, string LabelEn, string LabelUr)> Accounts { get; set; } = [];
}
