using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceDraft))]
[JsonSerializable(typeof(ServiceView))]
[JsonSerializable(typeof(Page<ServiceView>))]
[JsonSerializable(typeof(CapacityView))]
[JsonSerializable(typeof(CapacityChange))]
[JsonSerializable(typeof(Page<CapacityView>))]
internal sealed partial class ServiceJson : JsonSerializerContext;
