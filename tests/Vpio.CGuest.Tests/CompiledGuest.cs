using System.Reflection;
using System.Runtime.InteropServices;
using Vpio.Programs;

namespace Vpio.CGuest.Tests;

/// <summary>Is the C guest, compiled into a library by gcc and loaded here.</summary>
internal sealed unsafe class CompiledGuest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vpio-c-guest-").FullName;
    private readonly nint _library;

    public CompiledGuest()
    {
        string checkout = typeof(CompiledGuest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;
        string path = Path.Combine(_folder, "vpio_guest.so");
        InstalledProgram.Demand("gcc");
        (int code, string said) = InstalledProgram.Execute(
            "gcc",
            [
                "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-O2", "-ffreestanding", "-shared", "-fPIC",
                "-I", Path.Combine(checkout, "abi/include"), "-o", path, Path.Combine(checkout, "guest-driver/c/vpio_guest.c"),
            ]);
        Assert.That(code, Is.Zero, said);
        _library = NativeLibrary.Load(path);
        Bytes = (delegate* unmanaged<uint>)Symbol("vpio_guest_bytes");
        Attach = (delegate* unmanaged<void*, NativePort*, uint, long>)Symbol("vpio_guest_attach");
        Grab = (delegate* unmanaged<void*, int, long>)Symbol("vpio_guest_grab");
        Await = (delegate* unmanaged<void*, ulong, long>)Symbol("vpio_guest_await");
        MustStop = (delegate* unmanaged<void*, int>)Symbol("vpio_guest_must_stop");
        Release = (delegate* unmanaged<void*, long>)Symbol("vpio_guest_release");
        Send = (delegate* unmanaged<void*, byte*, uint, long>)Symbol("vpio_guest_send");
        Outstanding = (delegate* unmanaged<void*, uint>)Symbol("vpio_guest_outstanding");
        Rest = (delegate* unmanaged<void*, uint, ulong, void>)Symbol("vpio_guest_rest");
        Lost = (delegate* unmanaged<void*, ulong>)Symbol("vpio_guest_lost");
        Events = (delegate* unmanaged<void*, uint>)Symbol("vpio_guest_events");
        RemainingSlice = (delegate* unmanaged<void*, ulong>)Symbol("vpio_guest_remaining_slice");
        RemainingGrace = (delegate* unmanaged<void*, ulong>)Symbol("vpio_guest_remaining_grace");
        Receive = (delegate* unmanaged<void*, byte*, uint, uint>)Symbol("vpio_guest_receive");
    }

    public delegate* unmanaged<uint> Bytes { get; }

    public delegate* unmanaged<void*, NativePort*, uint, long> Attach { get; }

    public delegate* unmanaged<void*, int, long> Grab { get; }

    public delegate* unmanaged<void*, ulong, long> Await { get; }

    public delegate* unmanaged<void*, int> MustStop { get; }

    public delegate* unmanaged<void*, long> Release { get; }

    public delegate* unmanaged<void*, byte*, uint, long> Send { get; }

    public delegate* unmanaged<void*, uint> Outstanding { get; }

    public delegate* unmanaged<void*, uint, ulong, void> Rest { get; }

    public delegate* unmanaged<void*, ulong> Lost { get; }

    public delegate* unmanaged<void*, uint> Events { get; }

    public delegate* unmanaged<void*, ulong> RemainingSlice { get; }

    public delegate* unmanaged<void*, ulong> RemainingGrace { get; }

    public delegate* unmanaged<void*, byte*, uint, uint> Receive { get; }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    private nint Symbol(string name) => NativeLibrary.GetExport(_library, name);
}
