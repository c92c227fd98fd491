using System.Diagnostics;
using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>One generation of a secret.</summary>
public sealed record SecretKey(string Id, byte[] Secret);

/// <summary>
/// Where the generations of one secret come from: a file, or a command that prints the same lines (the client of a
/// vault or of an HTTP key service). A line is <c>id base64</c>, the newest last; lines that begin with # are skipped.
/// </summary>
/// <param name="name">Begins the ids of new keys: <c>kek</c>, <c>index</c> …</param>
/// <param name="setting">The settings' stem: <c>Sealing:Key</c> for <c>Sealing:KeyFile</c> and <c>Sealing:KeyCommand</c>.</param>
/// <param name="file">Not looked at when there is a command.</param>
/// <param name="command">Null: the file.</param>
/// <param name="mayCreate">True only in Development: elsewhere a missing file is a mistake, not a first start.</param>
/// <param name="make">Makes the secret of a new generation.</param>
public sealed class KeySource(string name, string setting, string file, string? command, bool mayCreate, Func<byte[]> make)
{
    private const int IdLimit = 40;
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(30);

    /// <summary>A symmetric key of 256 bits.</summary>
    public static byte[] Symmetric() => RandomNumberGenerator.GetBytes(Envelope.KeySize);

    /// <summary>A private key on NIST P-256, as PKCS#8.</summary>
    public static byte[] Signing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <returns>Every generation, the newest last; never empty.</returns>
    /// <exception cref="KeyMissingException">Names the setting that would have to change.</exception>
    public IReadOnlyList<SecretKey> Read()
    {
        IReadOnlyList<SecretKey> keys = [.. Lines().Select(Parse)];
        return keys.Count > 0 && keys.DistinctBy(key => key.Id).Count() == keys.Count
            ? keys
            : throw new KeyMissingException($"{setting}File or {setting}Command must give at least one line 'id base64', and no id twice.");
    }

    /// <summary>Adds a generation to the file. The older ones stay: what they sealed still opens.</summary>
    /// <exception cref="KeyMissingException">The keys come from a command, and are rotated where it finds them.</exception>
    public void AddNewest()
    {
        if (command is not null)
        {
            throw new KeyMissingException($"The keys of {setting}Command are rotated where that command finds them.");
        }
        Write([.. File.ReadAllLines(file), NewLine()], overwrite: true);
    }

    private IEnumerable<string> Lines()
    {
        if (command is null && !File.Exists(file))
        {
            Create();
        }
        var text = command is null ? File.ReadAllText(file) : Printed(command);
        return text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
    }

    private SecretKey Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var secret = new byte[512];
        return parts.Length == 2 && parts[0].Length <= IdLimit && Convert.TryFromBase64String(parts[1], secret, out var length)
            ? new(parts[0], secret[..length])
            : throw new KeyMissingException($"A line of {setting}File or {setting}Command is not 'id base64' with an id of at most {IdLimit} characters.");
    }

    private string NewLine() => $"{name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)} {Convert.ToBase64String(make())}";

    private void Create()
    {
        if (!mayCreate)
        {
            throw new KeyMissingException($"There is no key file '{file}'. Set {setting}File or {setting}Command; only Development makes keys by itself.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var turn = Turn();
        // Another instance may have started at the same moment; then its key is the key.
        if (!File.Exists(file))
        {
            Write([NewLine()], overwrite: false);
        }
    }

    /// <summary>One process or thread at a time: a move that must not overwrite is no lock, it looks first and renames then.</summary>
    private FileStream Turn()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file + ".turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 500)
            {
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>Whole or not at all, and never readable by others: written beside, then moved.</summary>
    private void Write(IEnumerable<string> lines, bool overwrite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var beside = $"{file}.{RandomNumberGenerator.GetHexString(8)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var writer = new StreamWriter(beside, options))
        {
            foreach (var line in lines)
            {
                writer.Write($"{line}\n");
            }
        }
        File.Move(beside, file, overwrite);
    }

    private string Printed(string shellCommand)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", shellCommand])
            : new ProcessStartInfo("/bin/sh", ["-c", shellCommand]);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start) ?? throw new KeyMissingException($"{setting}Command could not be started.");
        var printed = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(CommandTime))
        {
            process.Kill(entireProcessTree: true);
            throw new KeyMissingException($"{setting}Command took longer than {CommandTime.TotalSeconds:0} s.");
        }
        return process.ExitCode == 0
            ? printed.GetAwaiter().GetResult()
            : throw new KeyMissingException($"{setting}Command ended with exit code {process.ExitCode}.");
    }
}

/// <summary>A secret is not where the settings say. The message names the setting, and never the secret.</summary>
public sealed class KeyMissingException(string message) : Exception(message);
