using System.Reflection;
using System.Runtime.CompilerServices;
using Vpio.Hypervisor.Ownership;
using Vpio.Seam;

// Lets the JIT compile each method and its twins. What it makes of them it writes where DOTNET_JitStdOutFile says.
Type[] shipping = [typeof(WaitSet<HardwareMemory>), typeof(CallGate<HardwareMemory>), typeof(DeviceActivity<HardwareMemory>)];
foreach (Type type in shipping.Concat([typeof(PlainWaitSet), typeof(PlainCallGate), typeof(PlainActivity), typeof(IndirectWaitSet)]))
{
    foreach (MethodInfo method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. type.GenericTypeArguments.Select(argument => argument.TypeHandle)]);
}
