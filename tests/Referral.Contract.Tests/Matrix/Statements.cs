using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace NationalReferral.Tests;

/// <summary>
/// Every statement that SQLite runs for one database file, in order, as its text with places for values. Seen from inside
/// SQLite (sqlite3_auto_extension and sqlite3_trace_v2), so that nothing in the product has to tell.
/// </summary>
internal static class Statements
{
    private const uint OnStatement = 1;

    private static readonly string[] Kinds = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"];
    private static readonly ConcurrentDictionary<IntPtr, string> Files = new();
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Seen = new();
    private static readonly Opening Opened = OnOpen;
    private static readonly Tracing Traced = OnTrace;

    static Statements() => _ = sqlite3_auto_extension(Marshal.GetFunctionPointerForDelegate(Opened));

    /// <summary>Connections that are opened from now on are listened to.</summary>
    public static void Listen()
    {
    }

    /// <summary>What ran on <paramref name="file"/> since the last call; without BEGIN and COMMIT, which requests share.</summary>
    public static IReadOnlyList<string> Take(string file)
    {
        var taken = new List<string>();
        var queue = Seen.GetOrAdd(file, _ => new());
        while (queue.TryDequeue(out var sql))
        {
            taken.Add(sql);
        }
        return taken;
    }

    private static int OnOpen(IntPtr database, IntPtr error, IntPtr routines)
    {
        // No name: the main database of the connection.
        Files[database] = Marshal.PtrToStringUTF8(sqlite3_db_filename(database, IntPtr.Zero)) ?? string.Empty;
        return sqlite3_trace_v2(database, OnStatement, Marshal.GetFunctionPointerForDelegate(Traced), database);
    }

    private static int OnTrace(uint kind, IntPtr database, IntPtr statement, IntPtr text)
    {
        var sql = Marshal.PtrToStringUTF8(sqlite3_sql(statement))?.Trim() ?? string.Empty;
        if (Files.TryGetValue(database, out var file) && Kinds.Any(start => sql.StartsWith(start, StringComparison.Ordinal)))
        {
            Seen.GetOrAdd(file, _ => new()).Enqueue(sql);
        }
        return 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Opening(IntPtr database, IntPtr error, IntPtr routines);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Tracing(uint kind, IntPtr database, IntPtr statement, IntPtr text);

    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_auto_extension(IntPtr entry);

    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_trace_v2(IntPtr database, uint mask, IntPtr callback, IntPtr context);

    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern IntPtr sqlite3_sql(IntPtr statement);

    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern IntPtr sqlite3_db_filename(IntPtr database, IntPtr name);
}
