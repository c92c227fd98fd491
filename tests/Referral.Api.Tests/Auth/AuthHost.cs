using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NationalReferral.Identity;
using NUnit.Framework;

namespace NationalReferral.Platform;

/// <summary>The whole product on a port of its own; several instances may share one folder of data.</summary>
internal sealed class AuthHost : IAsyncDisposable
{
    public const string Password = IdentityHost.Password;
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private AuthHost(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public string Folder { get; }

    public Uri Address => new(_app.Urls.First());

    public FakeTimeProvider Clock => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public IReadOnlyList<Endpoint> Routes => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public Database Database => _app.Services.GetRequiredService<Database>();

    public IdentityAccounts Accounts => _app.Services.GetRequiredService<IdentityAccounts>();

    public IdentityClients Clients => _app.Services.GetRequiredService<IdentityClients>();

    public IdentityHost.Lines Log => _app.Services.GetRequiredService<IdentityHost.Lines>();

    public static async Task<AuthHost> StartAsync(AuthHost? beside = null, params (string Name, string Value)[] settings)
    {
        var folder = beside?.Folder ?? Directory.CreateTempSubdirectory("auth-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = folder, ApplicationName = "Referral.Api" });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var lines = new IdentityHost.Lines();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(lines);
        builder.AddReferralApi();
        builder.Services.AddSingleton(lines);
        builder.Services.AddSingleton<TimeProvider>(beside?.Clock ?? new FakeTimeProvider(DateTimeOffset.UtcNow));
        var app = builder.Build();
        app.MapReferralApi();
        await Migrations.RunAsync(app.Services.GetRequiredService<DatabaseOptions>(), default);
        await IdentitySchema.MigrateAsync(app.Services.GetRequiredService<IdentitySettings>(), default);
        await app.StartAsync();
        return new AuthHost(app, folder, beside is null);
    }

    public Task<T> ChangeAsync<T>(Func<Work, Task<T>> change) => Database.ChangeAsync(Caller.System, change, static _ => true, default);

    public Task<int> SqlAsync(string sql, object? parameters = null) => ChangeAsync(work => work.ExecuteAsync(sql, parameters, default));

    public async Task<Guid> AgencyAsync(string name)
    {
        var id = Ids.New(Clock.GetUtcNow());
        await SqlAsync("INSERT INTO agencies (id, kind, name_en, name_ur, status, has_account, confidential, calendar, version) VALUES (@id, 'ngo', @name, @name, 'active', 1, 0, 'office', 1)", new { id, name });
        await SqlAsync("INSERT INTO agency_tree (ancestor_id, descendant_id) VALUES (@id, @id)", new { id });
        return id;
    }

    public async Task<Guid> WorkerAsync(string email, params (Guid Agency, string Roles)[] memberships)
    {
        var subject = await Accounts.CreateAsync(email, Password, default);
        var worker = Ids.New(Clock.GetUtcNow());
        await SqlAsync("INSERT INTO workers (id, display_name, status, epoch, version) VALUES (@worker2, 'W', 'active', 0, 1)", new { worker2 = worker });
        await SqlAsync("INSERT INTO logins (id, issuer, subject, worker_id, name, scopes, epoch, status, created_at, version) VALUES (@id, @issuer, @subject, @worker2, 'W', '', 0, 'active', @now, 1)",
            new { id = Ids.New(Clock.GetUtcNow()), issuer = Accounts.Issuer, subject, worker2 = worker });
        foreach (var (agency, roles) in memberships)
        {
            await SqlAsync("INSERT INTO memberships (id, worker_id, agency_id, roles, from_at) VALUES (@id, @worker2, @agency, @roles, @now)",
                new { id = Ids.New(Clock.GetUtcNow()), worker2 = worker, agency, roles });
        }
        return worker;
    }

    public async Task<(string ClientId, string Secret)> PartnerAsync(Guid agency, params string[] scopes)
    {
        var made = await Clients.CreateAsync("partner", scopes, agency, default);
        await SqlAsync("INSERT INTO logins (id, issuer, subject, agency_id, name, scopes, epoch, status, created_at, version) VALUES (@id, @issuer, @subject, @agency, 'P', @scopes, 0, 'active', @now, 1)",
            new { id = Ids.New(Clock.GetUtcNow()), issuer = Accounts.Issuer, subject = made.ClientId, agency, scopes = string.Join(' ', scopes) });
        return made;
    }

    public async Task<string> TokenAsync((string ClientId, string Secret) partner)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", partner.ClientId), new("client_secret", partner.Secret)]);
        using var answer = await client.PostAsync("/connect/token", form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>A browser with its cookies; it can be pointed at another instance, as behind a load balancer.</summary>
    public (HttpClient Client, CookieContainer Cookies) Browser(CookieContainer? cookies = null)
    {
        var jar = cookies ?? new CookieContainer();
        return (new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = Address }, jar);
    }

    /// <summary>Goes the whole way of the web client: sign-in, form, code, session.</summary>
    public async Task<(HttpClient Client, CookieContainer Cookies, HttpResponseMessage Last)> SignInAsync(string email, string returnTo = "/cases")
    {
        var (client, cookies) = Browser();
        using var start = await client.GetAsync($"/web/signin?return={Uri.EscapeDataString(returnTo)}");
        Assert.That(start.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await start.Content.ReadAsStringAsync());
        using var authorize = await client.GetAsync(start.Headers.Location);
        Assert.That(authorize.Headers.Location, Is.Not.Null, await authorize.Content.ReadAsStringAsync());
        using var signedIn = await IdentityHost.SignInAsync(client, email, Password, authorize.Headers.Location!.OriginalString);
        using var coded = await client.GetAsync(signedIn.Headers.Location);
        var last = await client.GetAsync(coded.Headers.Location);
        return (client, cookies, last);
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
}
