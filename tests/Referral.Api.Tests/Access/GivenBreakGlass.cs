using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>Emergency accesses over HTTP, as tests need them.</summary>
internal static class GivenBreakGlass
{
    public static async Task<string> CodeOfAsync(TestApp app, Persona by, Guid victim) =>
        (await app.As(by).ReadAsync($"/victims/{victim}").JsonAsync()).GetProperty("caseCode").GetString()!;

    public static string Body(string code, string groups = "", string more = "") =>
        $$"""{"caseCode":"{{code}}","reason":"medical_emergency","note":"She bleeds and cannot speak.","groups":[{{groups}}]{{more}}}""";

    public static Task<HttpResponseMessage> OpenAsync(TestApp app, Persona by, string code, string groups = "", string more = "", string? key = null) =>
        app.As(by).PostAsync("/break-glass", Body(code, groups, more), key: key);

    /// <summary>Opened by a desk of the hospital, which knows the code of a case of the police.</summary>
    public static async Task<Guid> OpenedAsync(TestApp app, Guid victim, string groups = "\"identity\"", Persona? by = null) =>
        (await OpenAsync(app, by ?? World.HospitalDesk, await CodeOfAsync(app, World.PoliceSupervisor, victim), groups).JsonAsync(201)).GetProperty("id").GetGuid();

    public static async Task<HttpResponseMessage> ReviewAsync(TestApp app, Persona by, Guid id, string answer = "justified", string? line = null, string? tag = null, string? key = null)
    {
        var sent = tag ?? await TagAsync(app, by, id);
        return await app.As(by).PostAsync(
            $"/break-glass/{id}/review", line is null ? $$"""{"answer":"{{answer}}"}""" : $$"""{"answer":"{{answer}}","line":"{{line}}"}""", sent, key);
    }

    public static async Task<string> TagAsync(TestApp app, Persona by, Guid id)
    {
        using var response = await app.As(by).ReadAsync($"/break-glass/{id}");
        return response.TagOf() is { Length: > 0 } tag ? tag : "\"1\"";
    }

    public static string[] Answers(JsonElement access) => [.. access.GetProperty("allowedAnswers").EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>Statuses of the shell, of each document, and of the items.</summary>
    public static async Task<string> SeenAsync(TestApp app, Persona by, Guid victim)
    {
        var seen = new List<string>();
        foreach (var part in new[] { "", "/identity", "/contact", "/demographics", "/health", "/records", "/bases", "/team" })
        {
            if (await GivenTransfer.StatusAsync(app, by, $"/victims/{victim}{part}") == 200)
            {
                seen.Add(part.Length == 0 ? "shell" : part[1..]);
            }
        }
        return string.Join(' ', seen);
    }
}
