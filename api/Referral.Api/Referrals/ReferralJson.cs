using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReferralDraft))]
[JsonSerializable(typeof(ActionBody))]
[JsonSerializable(typeof(ReferralView))]
[JsonSerializable(typeof(Page<ReferralRow>))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(Page<ReceiptView>))]
[JsonSerializable(typeof(Page<ReferralMoment>))]
[JsonSerializable(typeof(EntryDraft))]
[JsonSerializable(typeof(EntryView))]
[JsonSerializable(typeof(Page<EntryView>))]
[JsonSerializable(typeof(EntryBody))]
internal sealed partial class ReferralJson : JsonSerializerContext;
