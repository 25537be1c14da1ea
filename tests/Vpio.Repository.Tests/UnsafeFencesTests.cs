namespace Vpio.Repository.Tests;

/// <summary>Holds the fence around code that the compiler cannot check.</summary>
[TestFixture]
internal sealed class UnsafeFencesTests
{
    private const string Fenced = "hypervisor/Vpio.Hypervisor/Memory/Mapping.cs";
    private const string Open = "hypervisor/Vpio.Hypervisor/Guests/Guest.cs";

    [Test]
    public void OnlyTheFilesThatMayAreUnsafeAndEachArgues() => Assert.That(UnsafeFences.Breaches(SourceTree.Whole), Is.Empty);

    [TestCase(Fenced, "unsafe class A { /* why */ \n// SAFETY: in bounds.\n }", ExpectedResult = 0)]
    [TestCase(Fenced, "unsafe class A { }", ExpectedResult = 1)]
    [TestCase(Open, "unsafe class A {\n// SAFETY: in bounds.\n }", ExpectedResult = 1)]
    [TestCase(Open, "class A { int B() => Unsafe.SizeOf<int>(); }", ExpectedResult = 1)]
    [TestCase(Open, "class A { int B() => Marshal.SizeOf<int>(); }", ExpectedResult = 1)]
    [TestCase(Open, "class A { void B() => MemoryMarshal.AsBytes<int>(default); }", ExpectedResult = 1)]
    [TestCase(Open, "partial class A { [LibraryImport(\"libc\")] static partial int B(); }", ExpectedResult = 1)]
    [TestCase(Open, "class A { // unsafe Unsafe.SizeOf\n string B = \"unsafe\"; }", ExpectedResult = 0)]
    [TestCase("tests/Vpio.Some.Tests/A.cs", "unsafe class A { }", ExpectedResult = 0)]
    public int APlantedUseIsJudgedByItsFile(string path, string source) => UnsafeFences.Breaches(new SourceTree([(path, source)])).Count();
}
