namespace NationalReferral.Tests;

/// <summary>Where the files are that are built beside the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string WebRoot => Built("api/Referral.Api/wwwroot/index.html", "the web client (build without -p:BuildSpa=false)").DirectoryName!;

    public static string Axe => Built("web-client/node_modules/axe-core/axe.min.js", "the packages of the web client (npm ci)").FullName;

    private static FileInfo Built(string path, string what)
    {
        var file = new FileInfo(Path.Combine(Root, path));
        return file.Exists ? file : throw new FileNotFoundException($"{file} is missing: first build {what}.");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Referral.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not lie inside the repository.");
        }
        return folder.FullName;
    }
}
