using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(PyBase.Tests.Support.SharedFirst))]

namespace PyBase.Tests.Support;

/// <summary>
/// Classes that share an installation run one after another, for minutes. They begin first, and what stands alone fills the other places;
/// begun last they would go on alone at the end.
/// </summary>
public sealed class SharedFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionClassName is null).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}
