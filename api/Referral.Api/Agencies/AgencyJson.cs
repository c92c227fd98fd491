using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(MeChange))]
[JsonSerializable(typeof(ContactChange))]
[JsonSerializable(typeof(ContactView))]
[JsonSerializable(typeof(WorkerProfile))]
[JsonSerializable(typeof(WorkerPerson))]
[JsonSerializable(typeof(AgencyDraft))]
[JsonSerializable(typeof(AgencyChange))]
[JsonSerializable(typeof(AgencyView))]
[JsonSerializable(typeof(Page<AgencyRow>))]
[JsonSerializable(typeof(AgencyAddress))]
[JsonSerializable(typeof(WorkerChange))]
[JsonSerializable(typeof(WorkerQuery))]
[JsonSerializable(typeof(MatchedWorkers))]
[JsonSerializable(typeof(WorkerView))]
[JsonSerializable(typeof(Page<WorkerView>))]
[JsonSerializable(typeof(MembershipChange))]
[JsonSerializable(typeof(ClientDraft))]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(ClientSecretView))]
[JsonSerializable(typeof(Page<ClientView>))]
internal sealed partial class AgencyJson : JsonSerializerContext;
