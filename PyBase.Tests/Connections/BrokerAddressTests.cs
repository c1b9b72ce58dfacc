using PyBase.Standalone.Embedded;
using PyBase.Storage.Connections;
using PyBase.Tests.Support;

namespace PyBase.Tests.Connections;

/// <summary>Which broker, or which of several.</summary>
[Collection(OnCluster.Name)]
public sealed class BrokerAddressTests(DistributedInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("amqp://mq", "amqp://mq:5672/", "mq:5672")]
    [InlineData("amqps://mq1,mq2/parts", "amqps://mq1:5671/parts", "mq1:5671 mq2:5671")]
    [InlineData("amqp://me:a%40b,c@mq1:1,[::1]:2, [::1]/a%2Fb?heartbeat=5", "amqp://me:a%40b,c@mq1:1/a%2Fb?heartbeat=5", "mq1:1 [::1]:2 [::1]:5672")]
    public void Each_node_of_a_list_is_known_by_host_and_port(string text, string first, string nodes)
    {
        var address = BrokerAddress.Parse(text);
        Assert.Equal((first, nodes), (address.First.AbsoluteUri, string.Join(' ', address.Nodes)));
    }

    [Theory, InlineData("mq1,mq2"), InlineData("http://mq"), InlineData("amqp://me:secret@/"), InlineData("amqp://me:secret@mq1,,mq2/"), InlineData("amqp://me:secret@mq1:port/")]
    public void What_is_no_address_is_told_without_its_password(string text)
    {
        var told = Assert.Throws<FormatException>(() => BrokerAddress.Parse(text));
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_finds_the_one_that_answers_behind_those_that_do_not()
    {
        var only = BrokerAddress.Parse(installation.Cluster.Settings["ConnectionStrings:messaging"]).First;
        var list = $"amqp://{only.UserInfo}@127.0.0.1:{LoopbackPort.Free()},127.0.0.1:{LoopbackPort.Free()},{only.Authority}{only.AbsolutePath}";
        // Healthy is who has its queues.
        await using var worker = await installation.Cluster.StartOneAsync(Role.Workers, ["--ConnectionStrings:messaging", list, "--queues", "maintenance=1"], Cancelled);
        Assert.True(worker.Running);
    }
}
