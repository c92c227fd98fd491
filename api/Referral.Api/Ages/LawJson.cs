using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<LawRow>))]
[JsonSerializable(typeof(Page<LawReleaseRow>))]
[JsonSerializable(typeof(LawReleaseView))]
[JsonSerializable(typeof(Page<LawChange>))]
[JsonSerializable(typeof(LawReleaseDraft))]
[JsonSerializable(typeof(LawVerdict))]
[JsonSerializable(typeof(LawProposalView))]
[JsonSerializable(typeof(Page<LawProposalView>))]
internal sealed partial class LawJson : JsonSerializerContext;
