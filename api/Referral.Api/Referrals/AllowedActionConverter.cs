using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NationalReferral;

/// <summary>
/// Offers are few and never change (<see cref="ReferralViews"/>), and are most of what a referral's answer says: each is written out
/// once, and copied from then on.
/// </summary>
internal sealed class AllowedActionConverter : JsonConverter<AllowedAction>
{
    private static readonly ConditionalWeakTable<AllowedAction, byte[]> Written = [];

    public override AllowedAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("What is allowed is said by the server alone.");

    public override void Write(Utf8JsonWriter writer, AllowedAction value, JsonSerializerOptions options) =>
        writer.WriteRawValue(Written.GetValue(value, WriteOut), skipInputValidation: true);

    private static byte[] WriteOut(AllowedAction offer) => JsonSerializer.SerializeToUtf8Bytes(new Offer(offer.Action, offer.Needs), ReferralJson.Default.Offer);

    /// <summary>The same members, without this converter.</summary>
    internal sealed record Offer(string Action, IReadOnlyList<ActionNeed> Needs);
}
