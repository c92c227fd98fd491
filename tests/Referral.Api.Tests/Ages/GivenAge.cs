using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>What tests of ages begin with.</summary>
internal static class GivenAge
{
    /// <param name="age">As the registration takes it.</param>
    public static async Task<Guid> RegisteredAsync(TestApp app, string age, string sex = "female") =>
        (await app.As(World.Officer).PostAsync("/victims", $$$"""{"found":{"district":"PK-PB-KSR"},"sex":"{{{sex}}}","age":{{{age}}}}""").JsonAsync(201)).GetProperty("id").GetGuid();

    public static async Task PutAsync(TestApp app, Guid victim, string document, string body)
    {
        var officer = app.As(World.Officer);
        using var read = await officer.ReadAsync($"/victims/{victim}/{document}");
        await officer.PutAsync($"/victims/{victim}/{document}", body, read.TagOf()).JsonAsync();
    }

    public static Task<JsonElement> ShellAsync(TestApp app, Guid victim) => app.As(World.Officer).ReadAsync($"/victims/{victim}").JsonAsync();

    public static async Task<bool> AsChildAsync(TestApp app, Guid victim) => (await ShellAsync(app, victim)).GetProperty("asChild").GetBoolean();

    public static Task<JsonElement> DisputeAsync(TestApp app, Guid victim, Persona? by = null) =>
        app.As(by ?? World.Officer).PostAsync($"/victims/{victim}/age-disputes", """{"reason":"Her aunt says that she is younger."}""").JsonAsync(201);

    public static async Task<Guid> EvidenceAsync(TestApp app, Guid victim, string kind, string says, bool restricted = false) => (await app.As(World.Officer).PostAsync(
        $"/victims/{victim}/records",
        $$$"""{"kind":"age_evidence","restricted":{{{(restricted ? "true" : "false")}}},"body":{"evidence":"{{{kind}}}",{{{says}}}}}""").JsonAsync(201)).GetProperty("id").GetGuid();

    public static Task<HttpResponseMessage> DetermineAsync(TestApp app, Guid victim, Guid[] restsOn, Guid[]? setAside = null, Persona? by = null) =>
        app.As(by ?? World.PoliceSupervisor).PostAsync($"/victims/{victim}/age-determinations", $$"""
            {"restsOn":[{{Ids(restsOn)}}],"setAside":[{{Ids(setAside ?? [])}}],"reason":"The union council confirmed the entry."}
            """);

    private static string Ids(Guid[] ids) => string.Join(',', ids.Select(id => $"\"{id}\""));
}
