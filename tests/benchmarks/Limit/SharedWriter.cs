using System.Threading.Channels;

namespace NationalReferral.Benchmarks;

/// <summary>One writer, whose waiting changes share a commit, each in a savepoint: as the product writes, and nothing besides.</summary>
internal sealed class SharedWriter
{
    private readonly Channel<Job> _waiting = Channel.CreateBounded<Job>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Link _link;

    public SharedWriter(string file)
    {
        _link = new(file, cacheMegabytes: 16);
        _ = Task.Run(LoopAsync);
    }

    /// <summary>Answers after the commit.</summary>
    public async Task<byte[]> WriteAsync(Func<Link, byte[]> write)
    {
        var job = new Job(write);
        await _waiting.Writer.WriteAsync(job);
        return await job.Done.Task;
    }

    private async Task LoopAsync()
    {
        var batch = new List<Job>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            _link.Run("BEGIN IMMEDIATE");
            while (batch.Count < 256 && _waiting.Reader.TryRead(out var job))
            {
                batch.Add(job);
                _link.Run("SAVEPOINT body");
                try
                {
                    job.Result = job.Write(_link);
                }
                catch (Exception fault)
                {
                    job.Fault = fault;
                    _link.Run("ROLLBACK TO body");
                }
                _link.Run("RELEASE body");
            }
            _link.Run("COMMIT");
            foreach (var job in batch)
            {
                if (job.Fault is { } fault)
                {
                    job.Done.SetException(fault);
                }
                else
                {
                    job.Done.SetResult(job.Result);
                }
            }
        }
    }

    private sealed record Job(Func<Link, byte[]> Write)
    {
        public TaskCompletionSource<byte[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Result { get; set; } = [];

        public Exception? Fault { get; set; }
    }
}
