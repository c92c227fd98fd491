using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NationalReferral.Benchmarks;

namespace NationalReferral.Tests;

/// <summary>The product as people start it: a process with the demo's data, on a port and in a folder of its own.</summary>
internal sealed class Product : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("referral-browser-");

    private Product(int port)
    {
        Address = $"http://localhost:{port}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Referral.Api.dll"), "--contentRoot", _home.FullName])
        {
            WorkingDirectory = _home.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = Address,
                ["Demo__Enabled"] = "true",
                ["Identity__DemoHints"] = "true",
                ["Identity__Issuer"] = Address + "/",
                // Everybody signs in once for all stories; the one about signing in again makes its sign-in old.
                ["Auth__ProofMinutes"] = "720",
                ["Web__Root"] = Repository.WebRoot,
                // All who act come from one address: as many codes are typed here as by many phones.
                ["Rates__GuessesPerMinute"] = "500",
            },
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? string.Empty);
    }

    /// <summary>By the name localhost: cookies of plain http belong to it.</summary>
    public string Address { get; }

    public static async Task<Product> StartAsync()
    {
        var product = new Product(Ports.Free());
        product._process.Start();
        product._process.BeginOutputReadLine();
        product._process.BeginErrorReadLine();
        try
        {
            await product.ReadyAsync();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process.HasExited)
        {
            // Nobody ended it: what it said last is the only witness.
            await Console.Error.WriteLineAsync($"The product ended by itself ({_process.ExitCode}). It said:{Environment.NewLine}{string.Join(Environment.NewLine, _said.TakeLast(40))}");
        }
        else
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        _home.Delete(recursive: true);
    }

    /// <summary>As if this worker had begun the newest of his sessions long ago, and been at work in it ever since.</summary>
    public async Task AgeSignInAsync(Guid worker)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_home.FullName, "data", "referral.db")};Pooling=False");
        await database.OpenAsync();
        await using var aging = database.CreateCommand();
        aging.CommandText = """
            UPDATE sessions SET proven_at = '2020-01-01 00:00:00.000'
             WHERE id = (SELECT s.id FROM sessions s JOIN logins l ON l.id = s.login_id WHERE l.worker_id = @worker ORDER BY s.created_at DESC LIMIT 1)
            """;
        aging.Parameters.AddWithValue("@worker", worker.ToByteArray(bigEndian: true));
        if (await aging.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException("This worker has no session.");
        }
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(10) };
        var since = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || since.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The product did not become ready. It said:{Environment.NewLine}{string.Join(Environment.NewLine, _said)}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
