using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<District>))]
[JsonSerializable(typeof(Page<Province>))]
[JsonSerializable(typeof(TaxonomyIndex))]
[JsonSerializable(typeof(Taxonomy))]
[JsonSerializable(typeof(Page<Helpline>))]
[JsonSerializable(typeof(Page<HolidayView>))]
[JsonSerializable(typeof(HolidaysView))]
[JsonSerializable(typeof(HolidaysDraft))]
internal sealed partial class ReferenceJson : JsonSerializerContext;
