using System.Net;
using System.Net.Sockets;

namespace NationalReferral.Benchmarks;

/// <summary>Ports for hosts in processes of their own.</summary>
internal static class Ports
{
    private static int _last = Random.Shared.Next(20_000, 30_000);

    /// <summary>Below those that the system gives to whoever asks for any: it stays free while the host that had it is dead. No two alike.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next.
            }
        }
    }
}
