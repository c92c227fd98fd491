using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>Blocks as those who may set and lift them do it.</summary>
internal static class GivenBlock
{
    public static async Task<Guid> SetAsync(TestApp app, Guid victim, string whom, Persona by) =>
        (await app.As(by).PostAsync($"/victims/{victim}/blocks", $$"""{{{whom}},"reason":"threatened_person","note":"rang her uncle"}""").JsonAsync(201)).GetProperty("id").GetGuid();

    public static Task<Guid> SetAsync(TestApp app, Guid victim, Persona whom, Persona by) => SetAsync(app, victim, $"\"workerId\":\"{whom.Id}\"", by);

    public static Task<HttpResponseMessage> AskAsync(TestApp app, Guid victim, Guid block, Persona by, string body = """{"why":"It was his cousin."}""") =>
        app.As(by).PostAsync($"/victims/{victim}/blocks/{block}/lift", body);

    /// <returns>The approval that waits.</returns>
    public static async Task<Guid> ProposeAsync(TestApp app, Guid victim, Guid block, Persona by) =>
        (await AskAsync(app, victim, block, by).JsonAsync()).GetProperty("lift").GetProperty("id").GetGuid();

    public static async Task LiftAsync(TestApp app, Guid victim, Guid block, Persona by, Persona second)
    {
        using var decided = await GivenApproval.DecideAsync(app, second, await ProposeAsync(app, victim, block, by));
        decided.EnsureSuccessStatusCode();
    }

    public static async Task<JsonElement> FindAsync(TestApp app, Guid victim, Guid block, Persona by) =>
        (await app.As(by).ReadAsync($"/victims/{victim}/blocks").JsonAsync()).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == block);
}
