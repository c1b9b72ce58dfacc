namespace PyBase.Tests.Support;

public enum Role
{
    Api,
    Realtime,
    Workers,
}
