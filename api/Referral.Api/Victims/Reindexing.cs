using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The command <c>reindex</c>: writes anew, under the newest index key, what every victim is found by. After a rotation an
/// older key can then leave its file; after a restore or a change of the rules of names, what is there is found by them.
/// </summary>
internal sealed class Reindexing(Database database, Keys keys, SearchTokens tokens)
{
    /// <summary>Victims in one unit of work: the host may be serving meanwhile.</summary>
    private const int Batch = 50;

    /// <returns>How many victims were gone through.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (total, after) = (0, Guid.Empty);
        while (true)
        {
            var ids = await database.ReadAsync(Caller.System, work => TokenStore.AfterAsync(work, after, Batch, cancellation), cancellation);
            if (ids.Count == 0)
            {
                return total;
            }
            await database.ChangeAsync(Caller.System, work => WriteAsync(work, ids, cancellation), static _ => true, cancellation);
            total += ids.Count;
            after = ids[^1];
        }
    }

    private async Task<bool> WriteAsync(Work work, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        foreach (var document in await RecordStore.FoundByAsync(work, ids, cancellation))
        {
            // Who changes the document meanwhile writes its tokens too.
            if (!await RecordStore.HoldAsync(work, document, cancellation))
            {
                continue;
            }
            if (document.Kind == "identity")
            {
                var identity = keys.Open(document.Key, document.Body, document.Place, VictimJson.Default.IdentityRecord);
                await TokenStore.SetAsync(work, document.VictimId, SearchTokens.OfIdentity, tokens.Of(identity), cancellation);
            }
            else
            {
                var contact = keys.Open(document.Key, document.Body, document.Place, VictimJson.Default.ContactRecord);
                await TokenStore.SetAsync(work, document.VictimId, SearchTokens.OfContact, tokens.Of(contact), cancellation);
            }
        }
        return true;
    }
}
