using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>Transfers over HTTP, as tests need them.</summary>
internal static class GivenTransfer
{
    public static string Offer(Guid victimId, Guid toAgencyId, bool stays = false, string reason = "person_moved") =>
        $$"""{"victimId":"{{victimId}}","askedBy":"offer","reason":"{{reason}}","toAgencyId":"{{toAgencyId}}","stays":{{(stays ? "true" : "false")}}}""";

    public static string Request(Guid victimId) => $$"""{"victimId":"{{victimId}}","askedBy":"request","reason":"jurisdiction"}""";

    /// <summary>Asks, which must succeed; returns the id.</summary>
    public static async Task<Guid> AskAsync(TestApp app, Persona by, string body) =>
        (await app.As(by).PostAsync("/transfers", body).JsonAsync(201)).GetProperty("id").GetGuid();

    /// <summary>Ends a transfer with the tag that is true now.</summary>
    public static async Task<HttpResponseMessage> EndAsync(TestApp app, Persona by, Guid id, string action, string? body = null, string? tag = null, string? key = null) =>
        await app.As(by).PostAsync($"/transfers/{id}/{action}", body ?? (action == "decline" ? """{"reason":"no_capacity"}""" : "{}"), tag ?? await TagAsync(app, by, id), key);

    /// <summary>The whole way: offered by the police, taken by <paramref name="by"/>.</summary>
    public static async Task<Guid> LedByAsync(TestApp app, Guid victimId, Persona by, bool stays = false)
    {
        var id = await AskAsync(app, World.PoliceSupervisor, Offer(victimId, by.AgencyId, stays));
        await EndAsync(app, by, id, "accept").JsonAsync();
        return id;
    }

    public static async Task<string> TagAsync(TestApp app, Persona by, Guid id)
    {
        using var response = await app.As(by).ReadAsync($"/transfers/{id}");
        return response.TagOf() is { Length: > 0 } tag ? tag : "\"1\"";
    }

    public static async Task<int> StatusAsync(TestApp app, Persona by, string path)
    {
        using var response = await app.As(by).ReadAsync(path);
        return (int)response.StatusCode;
    }

    public static async Task<IReadOnlyList<JsonElement>> ListAsync(TestApp app, Persona by, string path) =>
        [.. (await app.As(by).ReadAsync(path).JsonAsync()).GetProperty("items").EnumerateArray()];
}
