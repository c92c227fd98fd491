using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class KeySourceTests
{
    private string _folder = string.Empty;

    private string KeyFile => Path.Combine(_folder, "keys", "kek.keys");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("referral-keys-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void In_development_the_first_start_makes_a_key_that_only_its_owner_can_read()
    {
        var first = Source(mayCreate: true).Read();
        var second = Source(mayCreate: true).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Has.Count.EqualTo(1));
            Assert.That(first[0].Secret, Has.Length.EqualTo(32));
            Assert.That(second[0].Secret, Is.EqualTo(first[0].Secret));
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!), Is.EqualTo(new[] { KeyFile }));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(KeyFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }
    }

    [Test]
    public void Instances_that_start_together_agree_on_the_key()
    {
        const int instances = 4;
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(instances);
            var read = new SecretKey[instances];
            var threads = Enumerable.Range(0, instances).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                read[i] = Source(mayCreate: true).Read()[0];
            })).ToList();

            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.That(read.Select(key => Convert.ToHexString(key.Secret)).Distinct(), Has.Exactly(1).Items, $"round {round}");
            File.Delete(KeyFile);
        }
    }

    [Test]
    public void Elsewhere_a_missing_file_stops_the_start_and_names_the_setting() => Assert.That(
        () => Source(mayCreate: false).Read(),
        Throws.TypeOf<KeyMissingException>().With.Message.Contains("Sealing:KeyFile").And.Message.Contains(KeyFile));

    [TestCase("Sealing:Key", "Sealing:Key")]
    [TestCase("Sealing:IndexKey", "Sealing:IndexKey")]
    [TestCase("Journal:MacKey", "Journal:MacKey")]
    [TestCase("Journal:SigningKey", "Journal:SigningKey")]
    [TestCase("Journal:WitnessFile", "Journal:WitnessFile")]
    [TestCase("nothing", null)]
    public void In_production_every_secret_is_there_before_the_first_request(string missing, string? named)
    {
        var host = new HostApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production", ContentRootPath = _folder });
        foreach (var setting in new[] { "Sealing:Key", "Sealing:IndexKey", "Journal:MacKey", "Journal:SigningKey" })
        {
            host.Configuration[setting + "Command"] = setting == missing ? null : $"echo id {Convert.ToBase64String(KeySource.Symmetric())}";
        }
        host.Configuration["Journal:WitnessFile"] = missing == "Journal:WitnessFile" ? null : "/witness/journal";
        host.Services.AddSealing(host.Configuration, host.Environment).AddJournal(host.Configuration, host.Environment);
        using var services = host.Services.BuildServiceProvider();

        Assert.That(services.RequireSecrets, named is null
            ? Throws.Nothing
            : Throws.TypeOf<KeyMissingException>().With.Message.Contains($"Set {named}"));
    }

    [TestCase("")]
    [TestCase("# only a remark")]
    [TestCase("kek-1")]
    [TestCase("kek-1 not-base64")]
    [TestCase("kek-1 AAAA\nkek-1 BBBB")]
    [TestCase("an-id-that-is-longer-than-the-forty-characters-of-its-column AAAA")]
    public void A_file_that_is_no_key_file_stops_the_start_without_quoting_it(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, text);

        var fault = Assert.Throws<KeyMissingException>(() => Source(mayCreate: true).Read());

        Assert.That(fault.Message, Does.Contain("Sealing:Key").And.Not.Contain("BBBB").And.Not.Contain("not-base64"));
    }

    [Test]
    public void A_command_can_give_the_keys()
    {
        var keys = Source(command: "echo kek-1 AAAA; echo kek-2 BBBB").Read();

        Assert.That(string.Join(' ', keys.Select(key => key.Id)), Is.EqualTo("kek-1 kek-2"));
        Assert.That(() => Source(command: "exit 3").Read(), Throws.TypeOf<KeyMissingException>().With.Message.Contains("exit code 3"));
        Assert.That(() => Source(command: "echo kek-1 AAAA").AddNewest(), Throws.TypeOf<KeyMissingException>());
    }

    [Test]
    public void A_fingerprint_is_one_purpose_s_and_outlives_rotation()
    {
        var ring = new KeyRing(Source(mayCreate: true));
        var index = new IndexKey(ring);
        var before = index.Mac("body", "3520212345671");
        var version = index.Version;

        ring.Rotate();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(index.Mac("body", "3520212345671"), Is.Not.EqualTo(before));
            Assert.That(index.Mac("body", "3520212345671"u8, version), Is.EqualTo(before));
            Assert.That(index.Matches("body", "3520212345671"u8, before));
            Assert.That(index.Matches("body", "3520212345672"u8, before), Is.False);
            Assert.That(index.Matches("phone", "3520212345671"u8, before), Is.False);
            Assert.That(index.Versions, Is.EqualTo(new[] { index.Version, version }));
            Assert.That(before, Is.Not.EqualTo(SHA256.HashData("3520212345671"u8)));
        }
    }

    private KeySource Source(bool mayCreate = false, string? command = null) =>
        new("kek", "Sealing:Key", KeyFile, command, mayCreate, KeySource.Symmetric);
}
