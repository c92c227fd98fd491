using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>Something that waits for a second person, asked as another slice asks it.</summary>
internal static class GivenApproval
{
    public static Task<Guid> SetBrokenAsync(TestApp app, Persona by, Guid victimId, Guid? subjectId = null, Urgency urgency = Urgency.High) =>
        app.Database.ChangeAsync(
            new Caller { PrincipalId = by.Id, WorkerId = by.Id, UnitId = by.AgencyId, Roles = by.Roles.Split(' ').ToHashSet(), Supervises = by.Roles.Contains("supervisor") },
            work => Approvals.RequireAsync(
                work,
                new ApprovalAsk(ApprovalKind.SetBroken, "referral", subjectId ?? Guid.NewGuid(), victimId, World.PoliceKasur, urgency, Words: "The brother has a place at the hospital only."),
                app.Services.GetRequiredService<Keys>(), CancellationToken.None),
            _ => true, CancellationToken.None);

    public static Task<HttpResponseMessage> DecideAsync(TestApp app, Persona by, Guid id, string decision = "approve", string? line = null, string? key = null) =>
        app.As(by).PostAsync($"/approvals/{id}/decide", line is null ? $$"""{"decision":"{{decision}}"}""" : $$"""{"decision":"{{decision}}","line":"{{line}}"}""", key: key);

    public static Task<bool> IsGivenAsync(TestApp app, Guid subjectId) =>
        app.Database.ReadAsync(Caller.System, work => Approvals.IsGivenAsync(work, ApprovalKind.SetBroken, subjectId, CancellationToken.None), CancellationToken.None);

    public static string[] Decisions(JsonElement approval) => [.. approval.GetProperty("allowedDecisions").EnumerateArray().Select(one => one.GetString()!)];
}
