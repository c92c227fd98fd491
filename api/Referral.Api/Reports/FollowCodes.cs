using System.Security.Cryptography;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Follow-codes: how one is given, and under what it is found again.</summary>
internal static class FollowCodes
{
    private const string Purpose = "follow";

    public static SealedPlace PlaceOf(Guid id) => new("follow_codes", id, "code", 1);

    /// <summary>One that nobody holds.</summary>
    /// <param name="subjectKind"><c>report</c> or <c>victim</c>.</param>
    /// <returns>The id of the row.</returns>
    public static async Task<Guid> GiveAsync(
        Work work, string subjectKind, Guid subjectId, Keys keys, DataKey key, IndexKey index, CancellationToken cancellation)
    {
        FollowCode code;
        do
        {
            code = FollowCode.Make(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        }
        while (await FollowStore.IsTakenAsync(work, index.Mac(Purpose, code.Text), cancellation));
        var id = Ids.New(work.Now);
        await FollowStore.InsertAsync(
            work, id, index.Mac(Purpose, code.Text), subjectKind, subjectId, keys.Seal(key, PlaceOf(id), new FollowText(code.Text), FollowJson.Default.FollowText), cancellation);
        return id;
    }

    /// <returns>Its fingerprint under every generation of the index key that is still at hand.</returns>
    public static IReadOnlyList<byte[]> MacsOf(FollowCode code, IndexKey index) =>
        [.. index.Versions.Select(version => index.Mac(Purpose, System.Text.Encoding.UTF8.GetBytes(code.Text), version))];
}
