using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.CGuest.Tests;

/// <summary>Is <c>struct vpio_port</c>: a guest's port as the C guest sees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativePort
{
    public nint Context;
    public delegate* unmanaged<nint, uint, void*, long> Call;
    public delegate* unmanaged<nint, uint, void> Kick;
    public delegate* unmanaged<nint, ulong> ReadCounter;
    public void* DevicePage;
    public void* GuestPage;
    public nint Window;
    public nint Memory;
    public ulong MemoryBytes;

    /// <summary>Shows a port to C.</summary>
    /// <param name="port">The port; a handle on it stays for as long as the guest runs.</param>
    /// <param name="handle">That handle.</param>
    /// <param name="device">The device whose window the guest gets.</param>
    public static NativePort Of(IHypercallPort port, GCHandle handle, DeviceIndex device)
    {
        object window = port.GetWindow(device);
        FieldInfo start = typeof(RegisterWindow).GetField("_start", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return new NativePort
        {
            Context = GCHandle.ToIntPtr(handle),
            Call = &CallPort,
            Kick = &KickPort,
            ReadCounter = &ReadCounterOfPort,
            DevicePage = Unsafe.AsPointer(ref Unsafe.AsRef(in port.DevicePage)),
            GuestPage = Unsafe.AsPointer(ref port.GuestPage),
            Window = (nint)Pointer.Unbox((Pointer)start.GetValue(window)!),
            Memory = port.Memory.Start,
            MemoryBytes = (ulong)port.Memory.LengthBytes,
        };
    }

    [UnmanagedCallersOnly]
    private static long CallPort(nint context, uint cmd, void* argument) =>
        PortOf(context).Call(cmd, ref Unsafe.AsRef<DeviceOpArgument>(argument));

    [UnmanagedCallersOnly]
    private static void KickPort(nint context, uint device) => PortOf(context).Kick(new DeviceIndex(device));

    [UnmanagedCallersOnly]
    private static ulong ReadCounterOfPort(nint context) => PortOf(context).ReadCounter();

    private static IHypercallPort PortOf(nint context) => (IHypercallPort)GCHandle.FromIntPtr(context).Target!;
}
