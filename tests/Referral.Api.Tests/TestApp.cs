using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NationalReferral.Platform;
using NUnit.Framework;

// Each has its own database; while one waits for the disk or for another process, the other goes on.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

namespace NationalReferral.Tests;

/// <summary>
/// The product over real HTTP on a real port, with its own database in its own folder and a clock that only tests move.
/// Two apps on one folder are two instances of one installation.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    private const string Issuer = "urn:nrs:test";

    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<string>> Written = new(WriteAsync);

    private readonly WebApplicationFactory<Program> _factory;
    private readonly bool _ownsFolder;

    // Shared, or every call of a test would hold a connection of its own.
    private readonly SocketsHttpHandler _connections = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
    };

    private TestApp(string folder, bool ownsFolder, FakeTimeProvider clock, IReadOnlyDictionary<string, string?> settings)
    {
        Folder = folder;
        Clock = clock;
        _ownsFolder = ownsFolder;
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(Environments.Development);
            host.UseContentRoot(folder);
            host.UseUrls("http://127.0.0.1:0");
            host.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings));
            foreach (var (name, value) in settings)
            {
                host.UseSetting(name, value);
            }
            host.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.AddSingleton<IStartupFilter, ActingAs>();
            });
        });
        _factory.UseKestrel(0);
        _factory.StartServer();
    }

    public string Folder { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _factory.Services;

    internal Database Database => Services.GetRequiredService<Database>();

    /// <summary>A fresh installation that holds <see cref="World"/>.</summary>
    public static async Task<TestApp> StartAsync(params (string Name, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("nrs-").FullName;
        await CopyAsync(folder);
        return new TestApp(folder, ownsFolder: true, new FakeTimeProvider(Morning), Settings(settings));
    }

    /// <summary>The same in a folder that stays, for processes that go on from there; its clock stands at <paramref name="now"/>.</summary>
    public static Task<TestApp> StartInAsync(string folder, DateTimeOffset now, params (string Name, string? Value)[] settings) =>
        FilledAsync(new TestApp(folder, ownsFolder: false, new FakeTimeProvider(now), Settings(settings)));

    /// <summary>What a first start and <see cref="World"/> write is the same for every test: written once, and copied since.</summary>
    private static async Task CopyAsync(string folder)
    {
        var written = await Written.Value;
        foreach (var file in Directory.EnumerateFiles(written, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Placed(file, written, folder));
        }
    }

    private static async Task<string> WriteAsync()
    {
        var (folder, written) = (Directory.CreateTempSubdirectory("nrs-").FullName, Directory.CreateTempSubdirectory("nrs-world-").FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(written, recursive: true);
        };
        await (await StartInAsync(folder, Morning)).DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            if (file.EndsWith(".db", StringComparison.Ordinal))
            {
                // As SQLite reads it, whatever still lies in the log or is being closed.
                await using var database = new SqliteConnection($"Data Source={file};Pooling=False");
                await database.OpenAsync();
                await using var copy = database.CreateCommand();
                copy.CommandText = "VACUUM INTO @file";
                copy.Parameters.AddWithValue("@file", Placed(file, folder, written));
                await copy.ExecuteNonQueryAsync();
            }
            else
            {
                File.Copy(file, Placed(file, folder, written));
            }
        }
        return written;
    }

    private static string Placed(string file, string from, string to)
    {
        var place = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return place;
    }

    private static async Task<TestApp> FilledAsync(TestApp app)
    {
        await app.Database.ChangeAsync(
            Caller.System, async work =>
            {
                await WorldRows.WriteAsync(work, Issuer, CancellationToken.None);
                return true;
            }, _ => true, CancellationToken.None);
        return app;
    }

    /// <summary>Somebody who is not of <see cref="World.Everybody"/>.</summary>
    public Task AddAsync(Persona persona) => Database.ChangeAsync(
        Caller.System, async work =>
        {
            await WorldRows.PersonaAsync(work, persona, Issuer, CancellationToken.None);
            return true;
        }, _ => true, CancellationToken.None);

    /// <summary>A second instance over the same database, with the same clock.</summary>
    public TestApp Another(params (string Name, string? Value)[] settings) => new(Folder, ownsFolder: false, Clock, Settings(settings));

    /// <summary>A client that acts as <paramref name="persona"/>; null: as nobody.</summary>
    /// <param name="persona">Has signed in this moment, where nothing else is said.</param>
    /// <param name="minutes">How long ago.</param>
    public HttpClient As(Persona? persona, int minutes = 0)
    {
        var client = new HttpClient(_connections, disposeHandler: false) { BaseAddress = _factory.ClientOptions.BaseAddress };
        if (persona is not null)
        {
            client.DefaultRequestHeaders.Add(ActingAs.Header, persona.Id.ToString());
            client.DefaultRequestHeaders.Add(ActingAs.SignedIn, minutes.ToString(CultureInfo.InvariantCulture));
        }
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await _factory.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> Settings((string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Rates:PerSecond"] = "100000", ["Rates:Burst"] = "100000", ["Rates:GuessesPerMinute"] = "100000" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }
        return all;
    }

    /// <summary>Stands where authentication stands: tokens and cookies have tests of their own.</summary>
    private sealed class ActingAs : IStartupFilter
    {
        public const string Header = "X-Test-Acting-As";
        public const string SignedIn = "X-Test-Minutes-Ago";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (Guid.TryParse(http.Request.Headers[Header], out var id) && World.Everybody.Concat(World.Blocked).Concat(World.Impossible).FirstOrDefault(p => p.Id == id) is { } persona)
                {
                    var ago = TimeSpan.FromMinutes(int.Parse(http.Request.Headers[SignedIn].ToString(), CultureInfo.InvariantCulture));
                    http.Features.Set(CallerOf(persona) with { ProvenAt = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - ago });
                }
                return rest(http);
            });
            next(app);
        };

        private static Caller CallerOf(Persona persona) => new()
        {
            PrincipalId = persona.Id,
            WorkerId = persona.IsClient ? null : persona.Id,
            ClientId = persona.IsClient ? persona.Id : null,
            UnitId = persona.AgencyId,
            Supervises = persona.Roles.Split(' ').Contains("supervisor"),
            Roles = persona.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(),
            Scopes = persona.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(),
        };
    }
}

/// <summary>Short ways to call the API and read its answers.</summary>
public static class Calls
{
    /// <summary>POST or PUT of a JSON text, with the tag that was read and a key where given.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? json = null, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        return await client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> ReadAsync(this HttpClient client, string path) => client.SendAsync(HttpMethod.Get, path);

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, string json, string? ifMatch = null, string? key = null) =>
        client.SendAsync(HttpMethod.Post, path, json, ifMatch, key);

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, string json, string? ifMatch = null) =>
        client.SendAsync(HttpMethod.Put, path, json, ifMatch);

    /// <summary>The body, after checking the status; a wrong one fails with the whole answer.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sending, int status = 200)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body);
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement.Clone();
    }

    public static string TagOf(this HttpResponseMessage response) => response.Headers.ETag?.ToString() ?? string.Empty;

    /// <summary>A registered girl; returns her id.</summary>
    public static async Task<Guid> GivenVictimAsync(this HttpClient client, string nameUr = "کلثوم", string district = "PK-PB-KSR")
    {
        var json = $$$"""{"found":{"district":"{{{district}}}","place":"brick kiln"},"sex":"female","age":{"years":10,"evidence":"appearance"},"name":{"ur":"{{{nameUr}}}"} }""";
        var victim = await client.PostAsync("/victims", json).JsonAsync(201);
        return victim.GetProperty("id").GetGuid();
    }
}
