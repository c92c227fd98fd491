using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class CapacityTests
{
    private const string Girls = "girls";
    private TestApp _app = null!;
    private TestApp _other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        _other = _app.Another();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _other.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Places_go_to_exactly_as_many_as_there_are_however_many_race_on_two_instances()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => ChangeAsync(
            i % 2 == 0 ? _app : _other, work => Capacity.ReserveAsync(work, World.ShelterService, Girls, CancellationToken.None))));

        var places = await _app.As(World.Officer).ReadAsync($"/services/{World.ShelterService}/capacity/girls").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(won.Count(isWon => isWon), Is.EqualTo(4));
            Assert.That(places.GetProperty("reserved").GetInt32(), Is.EqualTo(4));
            Assert.That(places.GetProperty("free").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public async Task A_place_is_reserved_then_occupied_then_free_again()
    {
        await ChangeAsync(_app, work => Capacity.ReserveAsync(work, World.ShelterService, Girls, CancellationToken.None));
        await ChangeAsync(_app, work => Capacity.ReserveAsync(work, World.ShelterService, Girls, CancellationToken.None));
        var arrived = await ChangeAsync(_app, work => Capacity.OccupyAsync(work, World.ShelterService, Girls, CancellationToken.None));
        var during = await _app.As(World.Officer).ReadAsync($"/services/{World.ShelterService}/capacity/girls").JsonAsync();
        var left = await ChangeAsync(_app, work => Capacity.ReleaseAsync(work, World.ShelterService, Girls, Place.Occupied, CancellationToken.None));
        var declined = await ChangeAsync(_app, work => Capacity.ReleaseAsync(work, World.ShelterService, Girls, Place.Reserved, CancellationToken.None));
        var nothing = await ChangeAsync(_app, work => Capacity.ReleaseAsync(work, World.ShelterService, Girls, Place.None, CancellationToken.None));
        var twice = await ChangeAsync(_app, work => Capacity.ReleaseAsync(work, World.ShelterService, Girls, Place.Reserved, CancellationToken.None));
        var after = await _app.As(World.Officer).ReadAsync($"/services/{World.ShelterService}/capacity/girls").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { arrived, left, declined }, Is.All.True);
            Assert.That(new[] { nothing, twice }, Is.All.False);
            Assert.That((during.GetProperty("reserved").GetInt32(), during.GetProperty("occupied").GetInt32()), Is.EqualTo((1, 1)));
            Assert.That(after.GetProperty("free").GetInt32(), Is.EqualTo(4));
        }
    }

    [Test]
    public async Task No_place_is_kept_for_whom_the_service_has_none()
    {
        var boys = await ChangeAsync(_app, work => Capacity.ReserveAsync(work, World.ShelterService, "boys", CancellationToken.None));
        var counted = await ReadAsync(work => Capacity.CountedAsync(work, World.ShelterService, CancellationToken.None));
        var unlimited = await ReadAsync(work => Capacity.CountedAsync(work, World.HospitalService, CancellationToken.None));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(boys, Is.False);
            Assert.That(counted, Is.EqualTo(new[] { Girls }));
            Assert.That(unlimited, Is.Empty);
        }
    }

    [Test]
    public async Task A_provider_cannot_say_that_there_are_fewer_places_than_are_taken()
    {
        var path = $"/services/{World.ShelterService}/capacity/girls";
        var desk = _app.As(World.ShelterDesk);
        await ChangeAsync(_app, work => Capacity.ReserveAsync(work, World.ShelterService, Girls, CancellationToken.None));
        using var read = await desk.ReadAsync(path);

        using var below = await desk.PutAsync(path, """{"licensed":4,"occupied":4,"waiting":0}""", read.TagOf());
        var fits = await desk.PutAsync(path, """{"licensed":4,"occupied":3,"waiting":2}""", read.TagOf()).JsonAsync();
        using var stale = await desk.PutAsync(path, """{"licensed":4,"occupied":3,"waiting":2}""", read.TagOf());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)below.StatusCode, Is.EqualTo(409));
            Assert.That(await below.Content.ReadAsStringAsync(), Does.Contain("capacity_below_taken"));
            Assert.That(fits.GetProperty("free").GetInt32(), Is.Zero);
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
        }
    }

    [Test]
    public async Task Who_has_not_seen_a_reservation_must_look_again()
    {
        var path = $"/services/{World.ShelterService}/capacity/girls";
        using var read = await _app.As(World.ShelterDesk).ReadAsync(path);
        await ChangeAsync(_app, work => Capacity.ReserveAsync(work, World.ShelterService, Girls, CancellationToken.None));

        using var put = await _app.As(World.ShelterDesk).PutAsync(path, """{"licensed":4,"occupied":0,"waiting":0}""", read.TagOf());

        Assert.That((int)put.StatusCode, Is.EqualTo(412));
    }

    [Test]
    public async Task A_partner_client_counts_for_its_own_agency_only()
    {
        const string Body = """{"licensed":2,"occupied":1,"waiting":0}""";

        var own = await _app.As(World.ShelterClient).PutAsync($"/services/{World.ShelterService}/capacity/women", Body, "\"0\"").JsonAsync();
        using var foreign = await _app.As(World.PoliceClient).PutAsync($"/services/{World.ShelterService}/capacity/women", Body, "\"1\"");
        using var unread = await _app.As(World.ShelterClient).PutAsync($"/services/{World.ShelterService}/capacity/women", Body, "\"0\"");
        using var nobody = await _app.As(World.ShelterClient).PutAsync($"/services/{World.ShelterService}/capacity/elves", Body, "\"0\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("free").GetInt32(), Is.EqualTo(1));
            Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
            Assert.That((int)unread.StatusCode, Is.EqualTo(412));
            Assert.That((int)nobody.StatusCode, Is.EqualTo(400));
        }
    }

    private static Task<bool> ChangeAsync(TestApp app, Func<Work, Task<bool>> change) =>
        app.Database.ChangeAsync(Caller.System, change, _ => true, CancellationToken.None);

    private Task<IReadOnlyList<string>> ReadAsync(Func<Work, Task<IReadOnlyList<string>>> read) =>
        _app.Database.ReadAsync(Caller.System, read, CancellationToken.None);
}
