using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NationalReferral.Benchmarks;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The product as it is built, in a process of its own that can be killed.</summary>
internal sealed class BuiltHost : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly SocketsHttpHandler _connections = new();

    private readonly Authority? _authority;

    /// <param name="authority">Who says who is who, instead of the demo's own accounts.</param>
    private BuiltHost(string folder, int port, Authority? authority, params string[] arguments)
    {
        _authority = authority;
        var address = $"http://127.0.0.1:{port}";
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Referral.Api.dll"), .. arguments, "--contentRoot", folder])
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", address), ("Identity__Issuer", $"{address}/"), ("Demo__Enabled", authority is null ? "true" : "false"),
            ("Auth__Authorities__0__Issuer", authority?.Issuer ?? $"{address}/"),
            ("Rates__PerSecond", "100000"), ("Rates__Burst", "100000"), ("Rates__GuessesPerMinute", "100000"),
        })
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public string Output => string.Join('\n', _output);

    /// <summary>Serves, once this returns, and <see cref="Client"/> is the demo's police system.</summary>
    public static async Task<BuiltHost> StartAsync(string folder, int port)
    {
        var host = new BuiltHost(folder, port, authority: null);
        var patience = Stopwatch.StartNew();
        while (await host.TokenAsync() is var token)
        {
            if (token is not null)
            {
                host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                break;
            }
            Assert.That(host._process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2), Is.False, $"The host does not serve.\n{host.Output}");
            await Task.Delay(100);
        }
        return host;
    }

    /// <summary>Serves the people of <see cref="World"/>, which the folder holds.</summary>
    public static async Task<BuiltHost> StartAsync(string folder, int port, Authority authority)
    {
        var host = new BuiltHost(folder, port, authority);
        var patience = Stopwatch.StartNew();
        while (!await host.IsReadyAsync())
        {
            Assert.That(host._process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2), Is.False, $"The host does not serve.\n{host.Output}");
            await Task.Delay(50);
        }
        return host;
    }

    /// <summary>A fresh folder's database for <see cref="StartAsync(string, int, Authority)"/>, with what <paramref name="fill"/> does in it today.</summary>
    public static async Task MakeAsync(string folder, Authority authority, Func<TestApp, Task> fill)
    {
        await using var app = await TestApp.StartInAsync(folder, DateTimeOffset.UtcNow, ("Roles", "api"));
        await GivenReferral.WidenAsync(app);
        await GivenReferral.ChangeAsync(app, work => work.ExecuteAsync("UPDATE logins SET issuer = @issuer", new { issuer = authority.Issuer }, CancellationToken.None));
        await fill(app);
    }

    /// <param name="persona">Null: nobody.</param>
    public HttpClient As(Persona? persona)
    {
        var client = new HttpClient(_connections, disposeHandler: false) { BaseAddress = Client.BaseAddress, Timeout = Client.Timeout };
        if (persona is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _authority!.TokenFor(persona.Id.ToString()));
        }
        return client;
    }

    /// <summary>A command, to its end; of the demo, which fills what is empty, where no authority is named.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, int port, string command, Authority? authority = null)
    {
        using var host = new BuiltHost(folder, port, authority, command);
        await host._process.WaitForExitAsync();
        return (host._process.ExitCode, host.Output);
    }

    /// <summary>SIGKILL: nothing in the process gets another turn.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        _connections.Dispose();
        Client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Client.GetAsync("/health/ready");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string?> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "demo-police",
            ["client_secret"] = "demo-police-secret",
        });
        try
        {
            using var response = await Client.PostAsync("/connect/token", form);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? answer.RootElement.GetProperty("access_token").GetString() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
