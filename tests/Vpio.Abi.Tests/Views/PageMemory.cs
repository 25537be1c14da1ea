using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vpio.Abi.Tests.Views;

/// <summary>Is a page of zeros outside the managed heap, seen as bytes, as a device page and as a guest page.</summary>
internal sealed unsafe class PageMemory : IDisposable
{
    private const int PageBytes = 4096;

    // SAFETY: one page, aligned to its size, freed once by Dispose; tests use views of it only before that.
    private readonly byte* _start = (byte*)NativeMemory.AlignedAlloc(PageBytes, PageBytes);

    public PageMemory() => Bytes.Clear();

    // SAFETY: the page is as long as the span, and lives until Dispose.
    public Span<byte> Bytes => new(_start, PageBytes);

    public nint Start => (nint)_start;

    // SAFETY: a device page is as long as the page, which is aligned and lives until Dispose.
    public ref DevicePage DevicePage => ref Unsafe.AsRef<DevicePage>(_start);

    // SAFETY: a guest page is as long as the page, which is aligned and lives until Dispose.
    public ref GuestPage GuestPage => ref Unsafe.AsRef<GuestPage>(_start);

    // SAFETY: allocated above by the matching function.
    public void Dispose() => NativeMemory.AlignedFree(_start);
}
