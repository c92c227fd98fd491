using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VictimDraft))]
[JsonSerializable(typeof(VictimChange))]
[JsonSerializable(typeof(VictimView))]
[JsonSerializable(typeof(IntakeDraft))]
[JsonSerializable(typeof(IntakeView))]
[JsonSerializable(typeof(Page<VictimRow>))]
[JsonSerializable(typeof(NamesQuery))]
[JsonSerializable(typeof(Page<NameRow>))]
[JsonSerializable(typeof(SearchQuery))]
[JsonSerializable(typeof(FoundVictims))]
[JsonSerializable(typeof(IdentityRecord))]
[JsonSerializable(typeof(ContactRecord))]
[JsonSerializable(typeof(DemographicsRecord))]
[JsonSerializable(typeof(HealthRecord))]
[JsonSerializable(typeof(RecordDraft))]
[JsonSerializable(typeof(RecordChange))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(Page<RecordRow>))]
[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(ClosureDraft))]
[JsonSerializable(typeof(Reopening))]
[JsonSerializable(typeof(NeedDraft))]
[JsonSerializable(typeof(NeedChange))]
[JsonSerializable(typeof(NeedView))]
[JsonSerializable(typeof(Page<NeedView>))]
internal sealed partial class VictimJson : JsonSerializerContext;
