using Microsoft.AspNetCore.Diagnostics;

namespace NationalReferral.Platform;

/// <summary>The one place where exceptions become answers. Unexpected ones are logged with the trace id and answer a bare 500.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case UnreadableException unreadable:
                await Refused.WriteAsync(httpContext, new Refusal(GeneralRefusals.Unreadable) { Errors = unreadable.Errors });
                return true;
            case BadHttpRequestException bad:
                await Refused.WriteAsync(httpContext, UnreadableRequest.From(bad));
                return true;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            case DatabaseUnavailableException or ScannerUnavailableException:
                await Refused.WriteAsync(httpContext, new Refusal(GeneralRefusals.Unavailable));
                return true;
            default:
                // Type and place only: the text of a database fault can quote what was stored.
                Log.Unexpected(log, httpContext.GetEndpoint()?.DisplayName ?? "no endpoint", exception.GetType().Name, Where(exception));
                await Refused.WriteAsync(httpContext, new Refusal(GeneralRefusals.Fault));
                return true;
        }
    }

    private static string Where(Exception exception) =>
        string.Join(" < ", (exception.StackTrace ?? string.Empty).Split('\n').Take(6).Select(line => line.Trim()));

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "{Operation} failed with {Fault}: {Where}. The caller got 500 with this trace id; nothing was saved.")]
        public static partial void Unexpected(ILogger log, string operation, string fault, string where);
    }
}
