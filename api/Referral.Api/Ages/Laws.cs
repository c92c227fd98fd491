using System.Collections.Concurrent;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of law data: which release answers, and what it holds. A release never changes, so each is read once.</summary>
internal sealed class Laws
{
    private readonly ConcurrentDictionary<int, LawRelease> _known = new();

    /// <param name="number">Null for the newest that is approved.</param>
    /// <returns>Null when there is no such release. One that was never approved is found as well: it is read before it is approved.</returns>
    public async Task<LawRelease?> FindAsync(Work work, int? number, CancellationToken cancellation)
    {
        if ((number ?? await LawStore.NewestAsync(work, cancellation)) is not { } asked)
        {
            return null;
        }
        if (_known.TryGetValue(asked, out var known))
        {
            return known;
        }
        return await LawStore.FindAsync(work, asked, cancellation) is { } release ? _known.GetOrAdd(asked, release) : null;
    }

    /// <summary>The same for an answer about somebody: what was only proposed answers nothing.</summary>
    public async Task<LawRelease?> FindApprovedAsync(Work work, int? number, CancellationToken cancellation) =>
        number is { } asked && !await LawStore.IsApprovedAsync(work, asked, cancellation) ? null : await FindAsync(work, number, cancellation);

    /// <summary>The release that the product brings, where there is none yet. Who installs it answers for it: no second person is there to ask.</summary>
    public static async Task BringAsync(Work work, CancellationToken cancellation)
    {
        if ((await LawStore.ProposalsAsync(work, cancellation)).Count == 0)
        {
            await LawStore.InsertAsync(work, Ids.New(work.Now), LawFiles.Read(1), "Brought by the product: what was gathered until November 2026, to be read against the texts of the laws.", work.Now, cancellation);
        }
    }
}
