namespace NationalReferral.Platform;

/// <summary>The loop of every job: a round, a pause, and a fault of one round never the end of the job.</summary>
internal static class Rounds
{
    /// <summary>Returns when <paramref name="stopping"/> is asked for, whatever was going on.</summary>
    /// <param name="pause">Between two rounds, and before the first.</param>
    /// <param name="clock">Whose time the pause is.</param>
    /// <param name="round">What is done.</param>
    /// <param name="failed">Told of the fault that a round ended with.</param>
    /// <param name="stopping">Ends the pause or the round, and the loop.</param>
    public static async Task RunAsync(TimeSpan pause, TimeProvider clock, Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                try
                {
                    await round(stopping);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    failed(fault);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: whoever called releases what it holds.
        }
    }
}
