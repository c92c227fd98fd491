using System.Diagnostics;
using System.Net;

namespace NationalReferral.Benchmarks;

/// <summary>A server in a process of its own: the built product, or the limit program.</summary>
internal sealed class Host : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);
    private readonly Process _process;
    private readonly List<string> _output = [];

    private Host(int port, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        Port = port;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        Watch = Stopwatch.StartNew();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Since the process was started.</summary>
    public Stopwatch Watch { get; }

    /// <summary>Spent on all cores since it was started.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The product on the demo country in <paramref name="folder"/>, which is made when it is not there.</summary>
    /// <param name="victims">Of a country that has to be made.</param>
    /// <param name="authority">Whose tokens count beside the product's own; null for none.</param>
    public static async Task<Host> ProductAsync(string folder, int victims, string? authority)
    {
        var port = Ports.Free();
        var address = $"http://127.0.0.1:{port}";
        var isMade = Directory.Exists(Path.Combine(folder, "data"));
        List<(string, string)> environment =
        [
            // Measured as it is deployed; a host for development checks itself at every request. Keys are made in development alone.
            ("ASPNETCORE_ENVIRONMENT", isMade ? "Staging" : "Development"), ("ASPNETCORE_URLS", address), ("Identity__Issuer", $"{address}/"),
            ("Demo__Enabled", "true"), ("Demo__Victims", $"{victims}"),
            // One machine plays every agency.
            ("Rates__PerSecond", "1000000"), ("Rates__Burst", "1000000"), ("Rates__GuessesPerMinute", "1000000"),
        ];
        if (!isMade)
        {
            environment.Add(("Database__WriterCacheMegabytes", "1024"));
        }
        if (authority is not null)
        {
            environment.Add(("Auth__Authorities__0__Issuer", authority));
        }
        var host = new Host(port, [Path.Combine(AppContext.BaseDirectory, "Referral.Api.dll"), "--contentRoot", folder], [.. environment]);
        await host.ServesAsync("/health/ready");
        return host;
    }

    /// <summary>A command of the product on the country in <paramref name="folder"/>, to its end.</summary>
    public static async Task CommandAsync(string folder, string command)
    {
        using var host = new Host(0, [Path.Combine(AppContext.BaseDirectory, "Referral.Api.dll"), command, "--contentRoot", folder], ("ASPNETCORE_ENVIRONMENT", "Development"));
        await host._process.WaitForExitAsync();
        if (host._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} ended with {host._process.ExitCode}.\n{string.Join('\n', host._output)}");
        }
    }

    public static async Task<Host> LimitAsync(string file, string authority)
    {
        var port = Ports.Free();
        var host = new Host(port, [typeof(Host).Assembly.Location, "limit", file, $"http://127.0.0.1:{port}", authority]);
        await host.ServesAsync("/health/ready");
        return host;
    }

    /// <summary>As an operator stops it: what is under way is finished.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
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
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? string.Empty);
        }
    }

    private async Task ServesAsync(string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        while (true)
        {
            try
            {
                using var response = await client.GetAsync($"http://127.0.0.1:{Port}{path}");
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    Watch.Stop();
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            if (_process.HasExited || Watch.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The server does not serve.\n{string.Join('\n', _output)}");
            }
            await Task.Delay(20);
        }
    }
}
