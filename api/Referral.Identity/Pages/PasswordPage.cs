using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace NationalReferral.Identity;

/// <summary>Where a one-time link leads: the first password of an account, or a new one. The token dies with its use.</summary>
internal sealed partial class PasswordPage(UserManager<Account> accounts, IdentityAccounts identity, EndSessions endSessions, ILogger<PasswordPage> log)
{
    public const string Path = "/identity/password";

    public static async Task<IResult> GetAsync(HttpContext http, PasswordPage page) =>
        await page.FindAsync(http) is null ? DeadLink(http) : Form(http, []);

    public static async Task<IResult> PostAsync(HttpContext http, PasswordPage page, CancellationToken cancellation)
    {
        var texts = Texts.For(http.Request, null);
        if (!await Page.IsOwnFormAsync(http))
        {
            return Form(http, [new(null, texts.Expired)]);
        }
        return await page.FindAsync(http) is { } account ? await page.SaveAsync(http, account, texts, cancellation) : DeadLink(http);
    }

    private async Task<IResult> SaveAsync(HttpContext http, Account account, Texts texts, CancellationToken cancellation)
    {
        var password = http.Request.Form["password"].ToString();
        if (PasswordRules.Broken(password, account.Email) is { } broken)
        {
            return Form(http, [new("password", broken switch { PasswordRules.TooShort => texts.TooShort, PasswordRules.TooLong => texts.TooLong, _ => texts.TooCommon })]);
        }
        if (!(await accounts.ResetPasswordAsync(account, Token(http), password)).Succeeded)
        {
            return DeadLink(http);
        }
        // Whoever signed in with the old one is out.
        await identity.EndTokensAsync(account.Id.ToString(), cancellation);
        await endSessions(account.Id.ToString(), cancellation);
        Log.Saved(log, account.Id);
        return Page.Show(http, texts, texts.Saved, Html.Of($"""<p><a class="button" href="/">{texts.SignIn}</a></p>"""));
    }

    private async Task<Account?> FindAsync(HttpContext http) =>
        Guid.TryParse(http.Request.Query["account"], out var id) && await accounts.FindByIdAsync(id.ToString()) is { IsActive: true } account
        && await accounts.VerifyUserTokenAsync(account, TokenOptions.DefaultProvider, UserManager<Account>.ResetPasswordTokenPurpose, Token(http))
            ? account
            : null;

    private static string Token(HttpContext http) => http.Request.Query["token"].ToString();

    private static IResult Form(HttpContext http, IReadOnlyList<FormFault> faults)
    {
        var texts = Texts.For(http.Request, null);
        return Page.Show(http, texts, texts.ChoosePassword, Html.Of($"""
            {Page.Summary(texts, faults)}
            <form method="post" action="{Path + http.Request.QueryString}" novalidate>
            {Page.Token(http)}
            {Page.Field("password", texts.NewPassword, new Html("type=\"password\" autocomplete=\"new-password\" required minlength=\"12\" maxlength=\"256\""), faults, texts.PasswordAdvice)}
            <button>{texts.Save}</button>
            </form>
            """), faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult DeadLink(HttpContext http)
    {
        var texts = Texts.For(http.Request, null);
        return Page.Show(http, texts, texts.DeadLink, Html.Of($"<p>{texts.DeadLinkHelp}</p>"), StatusCodes.Status410Gone);
    }

    private static partial class Log
    {
        [LoggerMessage(6003, LogLevel.Information, "Account {Account} has a new password.")]
        public static partial void Saved(ILogger log, Guid account);
    }
}
