using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NationalReferral.Platform;

/// <summary>
/// Traces and metrics by OTLP where <c>Telemetry:Endpoint</c> names a collector. Spans carry route templates, never the
/// path that was asked for: ids of children stay out of other people's systems.
/// </summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Telemetry:Endpoint"] is not { Length: > 0 } endpoint)
        {
            return;
        }
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("national-referral"))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (activity, response) =>
                {
                    activity.SetTag("url.path", null);
                    activity.SetTag("url.query", null);
                    activity.SetTag("client.address", null);
                })
                .AddOtlpExporter(options => options.Endpoint = new Uri(endpoint)))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Referral.Database")
                .AddOtlpExporter(options => options.Endpoint = new Uri(endpoint)));
    }
}
