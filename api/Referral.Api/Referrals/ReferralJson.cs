using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReferralDraft))]
[JsonSerializable(typeof(ActionBody))]
[JsonSerializable(typeof(ReferralView))]
[JsonSerializable(typeof(AllowedActionConverter.Offer))]
[JsonSerializable(typeof(Page<ReferralRow>))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(Page<ReceiptView>))]
[JsonSerializable(typeof(Page<ReferralMoment>))]
[JsonSerializable(typeof(EntryDraft))]
[JsonSerializable(typeof(EntryView))]
[JsonSerializable(typeof(Page<EntryView>))]
[JsonSerializable(typeof(EntryBody))]
[JsonSerializable(typeof(GroupDraft))]
[JsonSerializable(typeof(GroupAnswer))]
[JsonSerializable(typeof(GroupQuestion))]
[JsonSerializable(typeof(GroupMove))]
[JsonSerializable(typeof(GroupHandover))]
[JsonSerializable(typeof(GroupConfirmation))]
[JsonSerializable(typeof(GroupView))]
[JsonSerializable(typeof(Page<GroupRow>))]
[JsonSerializable(typeof(HandoverDraft))]
[JsonSerializable(typeof(HandoverConfirmation))]
[JsonSerializable(typeof(HandoverSettlement))]
[JsonSerializable(typeof(HandoverView))]
[JsonSerializable(typeof(Page<HandoverView>))]
[JsonSerializable(typeof(HandoverBody))]
internal sealed partial class ReferralJson : JsonSerializerContext;
