using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace NationalReferral.Identity;

/// <summary>The sign-in server alone, on a port of its own and a database of its own; several may share one folder.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Password = "quiet harbour lantern";
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private IdentityHost(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public string Folder { get; }

    public Uri Address => new(_app.Urls.First());

    public FakeTimeProvider Clock => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public IdentityAccounts Accounts => _app.Services.GetRequiredService<IdentityAccounts>();

    public IdentityClients Clients => _app.Services.GetRequiredService<IdentityClients>();

    public ServerKeys Keys => _app.Services.GetRequiredService<ServerKeys>();

    public IServiceProvider Services => _app.Services;

    public Lines Log => _app.Services.GetRequiredService<Lines>();

    public static async Task<IdentityHost> StartAsync(IdentityHost? beside = null, FakeTimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var folder = beside?.Folder ?? Directory.CreateTempSubdirectory("identity-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var lines = new Lines();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(lines);
        builder.Services.AddSingleton(lines);
        builder.Services.AddSingleton<TimeProvider>(clock ?? beside?.Clock ?? new FakeTimeProvider(DateTimeOffset.UtcNow));
        builder.Services.AddSingleton<IKeyWrap, TestWrap>();
        builder.Services.AddSingleton<EndSessions>((_, _) => Task.CompletedTask);
        builder.AddReferralIdentity();
        var app = builder.Build();
        app.UseReferralIdentity();
        app.MapReferralIdentity();
        await IdentitySchema.MigrateAsync(app.Services.GetRequiredService<IdentitySettings>(), CancellationToken.None);
        await app.StartAsync();
        return new IdentityHost(app, folder, beside is null);
    }

    /// <summary>A browser: keeps cookies, follows nothing.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    public async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(params (string Name, string Value)[] form)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync("/connect/token", content);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>An application of a test with refresh tokens, as a partner's dashboard would have them.</summary>
    public const string Dashboard = "dashboard";
    public const string DashboardCallback = "https://dashboard.example/callback";

    public async Task AddDashboardAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OpenIddict.Abstractions.IOpenIddictApplicationManager>().CreateAsync(new()
        {
            ClientId = Dashboard,
            ClientType = "public",
            ConsentType = "implicit",
            RedirectUris = { new Uri(DashboardCallback) },
            Permissions = { "ept:authorization", "ept:token", "ept:revocation", "gt:authorization_code", "gt:refresh_token", "rst:code", "scp:referral" },
        });
    }

    public static (string Verifier, string Challenge) Proof()
    {
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        return (verifier, Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    public static string AuthorizeUrl(string challenge, string client = Dashboard, string redirect = DashboardCallback, string scope = "openid offline_access referral", string more = "") =>
        $"/connect/authorize?client_id={client}&redirect_uri={Uri.EscapeDataString(redirect)}&response_type=code&scope={Uri.EscapeDataString(scope)}&state=s1&code_challenge={challenge}&code_challenge_method=S256{more}";

    /// <summary>Opens the page, fills the form, sends it.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password, string page = "/identity/signin")
    {
        using var shown = await browser.GetAsync(page);
        var html = await shown.Content.ReadAsStringAsync();
        var token = WebUtility.HtmlDecode(Regex.Match(html, "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value);
        using var form = new FormUrlEncodedContent([new("form-token", token), new("email", email), new("password", password)]);
        return await browser.PostAsync(page, form);
    }

    /// <summary>The code that a signed-in browser is sent back with.</summary>
    public static async Task<string> CodeAsync(HttpClient browser, string authorizeUrl, string email, string password = Password)
    {
        using var first = await browser.GetAsync(authorizeUrl);
        using var signedIn = await SignInAsync(browser, email, password, first.Headers.Location!.OriginalString);
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await signedIn.Content.ReadAsStringAsync());
        return await CodeAgainAsync(browser, signedIn.Headers.Location!.OriginalString);
    }

    /// <summary>Of whoever is still remembered.</summary>
    public static async Task<string> CodeAgainAsync(HttpClient browser, string authorizeUrl)
    {
        using var back = await browser.GetAsync(authorizeUrl);
        Assert.That(back.Headers.Location, Is.Not.Null, await back.Content.ReadAsStringAsync());
        var query = QueryHelpers.ParseQuery(back.Headers.Location!.Query);
        Assert.That(query.ContainsKey("code"), Is.True, back.Headers.Location.ToString());
        return query["code"].ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Folder, recursive: true);
        }
    }

    private sealed class TestWrap : IKeyWrap
    {
        private static readonly byte[] Key = new byte[32];

        public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret)
        {
            using var cipher = new AesGcm(Key, 16);
            var bytes = new byte[28 + secret.Length];
            RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
            cipher.Encrypt(bytes.AsSpan(0, 12), secret, bytes.AsSpan(28), bytes.AsSpan(12, 16), Encoding.UTF8.GetBytes(purpose));
            return bytes;
        }

        public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped)
        {
            using var cipher = new AesGcm(Key, 16);
            var secret = new byte[wrapped.Length - 28];
            cipher.Decrypt(wrapped[..12], wrapped[28..], wrapped.Slice(12, 16), secret, Encoding.UTF8.GetBytes(purpose));
            return secret;
        }
    }

    internal sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(categoryName, All);

        public void Dispose()
        {
        }

        private sealed class Writer(string category, ConcurrentQueue<string> all) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                all.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
        }
    }
}
