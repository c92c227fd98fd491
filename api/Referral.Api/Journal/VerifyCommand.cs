using System.Globalization;

namespace NationalReferral;

/// <summary>The command <c>verify</c>.</summary>
internal static class VerifyCommand
{
    /// <returns>The process's exit code: 0 when the journal is whole, 1 when not.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        var verdict = await services.GetRequiredService<JournalVerifier>().VerifyAsync(cancellation);
        foreach (var line in Lines(verdict))
        {
            await output.WriteLineAsync(line.AsMemory(), cancellation);
        }
        return verdict.ExitCode;
    }

    private static IEnumerable<string> Lines(JournalVerdict verdict)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"rows sealed and good: {verdict.Rows} in {verdict.Seals} seals; the witness remembers {verdict.Witnessed}");
        yield return string.Create(CultureInfo.InvariantCulture, $"rows not sealed yet: {verdict.Waiting}, the oldest for {verdict.Lag.TotalSeconds:0.0} s");
        yield return verdict is { BadPosition: { } position, Fault: { } fault }
            ? string.Create(CultureInfo.InvariantCulture, $"BROKEN at position {position}: {fault.Code()}")
            : "The journal is whole.";
    }
}
