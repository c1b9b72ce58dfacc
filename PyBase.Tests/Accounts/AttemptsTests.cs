using System.Net;
using PyBase.Api.Accounts;

namespace PyBase.Tests.Accounts;

public sealed class AttemptsTests
{
    static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");

    [Fact]
    public void One_place_has_a_hundred_failures_whatever_the_accounts()
    {
        var attempts = new Attempts(new MovableClock());
        for (var i = 0; i < 100; i++)
            Assert.Null(attempts.Begin(Here, $"p{i}@example.com"));

        Assert.NotNull(attempts.Begin(Here, "another@example.com"));
        Assert.NotNull(attempts.Begin(IPAddress.Parse("::ffff:203.0.113.7"), "another@example.com"));
        Assert.Null(attempts.Begin(IPAddress.Parse("203.0.113.8"), "another@example.com"));
    }

    [Fact]
    public void One_account_has_fifty_failures_whatever_the_places()
    {
        var attempts = new Attempts(new MovableClock());
        for (var i = 0; i < 50; i++)
            Assert.Null(attempts.Begin(new IPAddress(i), "ada@example.com"));

        Assert.NotNull(attempts.Begin(Here, "Ada@example.com"));
        Assert.Null(attempts.Begin(Here, "bob@example.com"));
    }

    [Fact]
    public void A_subscribers_network_is_one_place()
    {
        var attempts = new Attempts(new MovableClock());
        for (var i = 0; i < 10; i++)
            Assert.Null(attempts.Begin(IPAddress.Parse($"2001:db8:1:2::{i + 1:x}"), "ada@example.com"));

        Assert.NotNull(attempts.Begin(IPAddress.Parse("2001:db8:1:2:ffff::1"), "ada@example.com"));
        Assert.Null(attempts.Begin(IPAddress.Parse("2001:db8:1:3::1"), "ada@example.com"));
    }

    [Fact]
    public void Full_buckets_drain_and_the_wait_is_true()
    {
        var clock = new MovableClock();
        var attempts = new Attempts(clock);
        for (var i = 0; i < 10; i++)
            attempts.Begin(Here, "ada@example.com");

        var wait = attempts.Begin(Here, "ada@example.com");

        Assert.InRange(wait!.Value.TotalSeconds, 59, 60);
        clock.Advance(wait.Value - TimeSpan.FromSeconds(1));
        Assert.NotNull(attempts.Begin(Here, "ada@example.com"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(attempts.Begin(Here, "ada@example.com"));
    }

    [Fact]
    public void Memory_is_bounded_and_keeps_the_fullest()
    {
        var attempts = new Attempts(new MovableClock());
        for (var i = 0; i < 10; i++)
            attempts.Begin(Here, "ada@example.com");

        for (var i = 0; i < 50_000; i++)
            attempts.Begin(new IPAddress(i), $"p{i}@example.com");

        Assert.InRange(attempts.Partitions, 1, Attempts.Bound);
        Assert.NotNull(attempts.Begin(Here, "ada@example.com"));
    }
}
